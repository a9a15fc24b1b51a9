package io.siaran.rest;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.resteasy.reactive.RestQuery;

/** Files of so many lines of a kilobyte; of 32,000 the buffers of no connection hold all. */
@Path("/api/v1/files")
@RolesAllowed("viewer")
@Produces("text/csv")
@RunOnVirtualThread
class FileResource {

    private static final String LINE = "x".repeat(1_023) + "\n";

    private static final long A_WHILE = Duration.ofMillis(500).toNanos();

    private final FileDownloads files;
    private final CurrentVertxRequest current;

    FileResource(FileDownloads files, CurrentVertxRequest current) {
        this.files = files;
        this.current = current;
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

    /** Made whole. */
    @GET
    @Path("made")
    public Response made(@RestQuery("lines") Integer lines) {
        return files.made("notes.csv", "text/csv", Long.MAX_VALUE, IllegalStateException::new, file -> {
            for (int line = 0; line < lines; line++) {
                file.write(LINE.getBytes(StandardCharsets.UTF_8), 0, LINE.length());
            }
        });
    }

    /** The event loop of the connection is busy until the writing is at its end, or does not go on; the last line says how far it came. */
    @GET
    @Path("busy")
    public Response busy(@RestQuery("lines") Integer lines) {
        RoutingContext exchange = current.getCurrent();
        return files.of("notes.csv", "text/csv", () -> out -> {
            AtomicInteger written = new AtomicInteger();
            AtomicInteger seen = new AtomicInteger();
            ((ConnectionBase) exchange.request().connection())
                    .channel()
                    .eventLoop()
                    .execute(() -> {
                        long lastSeen = System.nanoTime();
                        while (seen.get() < lines && System.nanoTime() - lastSeen < A_WHILE) {
                            if (seen.getAndSet(written.get()) < written.get()) {
                                lastSeen = System.nanoTime();
                            }
                            Thread.onSpinWait();
                        }
                    });
            for (int line = 0; line < lines; line++) {
                out.write(LINE);
                written.incrementAndGet();
            }
            out.flush();
            out.write(Integer.toString(seen.get()));
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
