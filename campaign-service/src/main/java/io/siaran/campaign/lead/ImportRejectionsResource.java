package io.siaran.campaign.lead;

import io.siaran.campaign.CsvDownloads;
import io.siaran.rest.Caller;
import io.siaran.rest.Refusal;
import io.siaran.sql.Database;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** {@code /api/v1/leads/import/{id}/rejections}. */
@Path("/api/v1/leads/import/{id}/rejections")
@RunOnVirtualThread
@Tag(name = "leads", description = "The people who are written to.")
class ImportRejectionsResource {

    private static final String IMPORT = "SELECT FROM imports WHERE user_id = $1 AND id = $2";
    private static final String PAGE_OF = "SELECT id, line, header, reason FROM import_rejections"
            + " WHERE import_id = $1 AND id > $2 ORDER BY id LIMIT $3";
    private static final int PAGE = 1_000;

    private final CsvDownloads files;
    private final Database database;
    private final Caller caller;

    ImportRejectionsResource(CsvDownloads files, Database database, Caller caller) {
        this.files = files;
        this.database = database;
        this.caller = caller;
    }

    @GET
    @Produces(CsvDownloads.TYPE)
    @RolesAllowed("viewer")
    @Operation(
            operationId = "exportLeadRejections",
            summary = "The lines that an import refused, as CSV",
            description =
                    "Line, column and reason of each; an empty column means the whole line. The first 10,000 of an import are kept;"
                            + " rejections_not_kept of GET …/{id} says how many there were beyond.")
    @APIResponse(
            responseCode = "200",
            description = "the file",
            content = @Content(mediaType = CsvDownloads.TYPE, schema = @Schema(implementation = String.class)))
    public Response export(@RestPath("id") UUID id) {
        if (database.run(IMPORT, caller.userId().value(), id).rowCount() == 0) {
            throw Refusal.notFound("import", id);
        }
        return files.of("rejections.csv", () -> out -> {
            out.writeRecord("line", "column", "reason");
            long cursor = 0;
            List<Row> page = page(id, cursor);
            while (!page.isEmpty()) {
                page.forEach(row -> out.writeRecord(
                        String.valueOf(row.getLong("line")),
                        CsvCell.guarded(row.getString("header")),
                        row.getString("reason")));
                cursor = page.getLast().getLong("id");
                page = page.size() < PAGE ? List.of() : page(id, cursor);
            }
        });
    }

    private List<Row> page(UUID id, long cursor) {
        List<Row> rows = new ArrayList<>();
        database.run(PAGE_OF, id, cursor, PAGE).forEach(rows::add);
        return rows;
    }
}
