package io.siaran.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.Writer;
import org.jboss.resteasy.reactive.RestQuery;

/** Files of so many lines of a kilobyte; of 32,000 the buffers of no connection hold all. */
@Path("/api/v1/files")
@RolesAllowed("viewer")
@Produces("text/csv")
@RunOnVirtualThread
class FileResource {

    private static final String LINE = "x".repeat(1_023) + "\n";

    private final FileDownloads files;

    FileResource(FileDownloads files) {
        this.files = files;
    }

    @GET
    public Response file(@RestQuery("lines") Integer lines) {
        return files.of("notes.csv", "text/csv", () -> out -> write(lines, out));
    }

    /** The writing fails after so many lines. */
    @GET
    @Path("broken")
    public Response broken(@RestQuery("lines") Integer lines) {
        return files.of("notes.csv", "text/csv", () -> out -> {
            write(lines, out);
            throw new IllegalStateException("the database is gone");
        });
    }

    /** There is none. */
    @GET
    @Path("none")
    public Response none() {
        return files.of("notes.csv", "text/csv", () -> {
            throw Refusal.conflict("it is not ready");
        });
    }

    private static void write(int lines, Writer out) throws IOException {
        for (int line = 0; line < lines; line++) {
            out.write(LINE);
        }
    }
}
