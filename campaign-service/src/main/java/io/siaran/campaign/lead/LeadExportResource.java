package io.siaran.campaign.lead;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.siaran.campaign.CsvDownloads;
import io.siaran.model.PhoneNumber;
import io.siaran.model.UserId;
import io.siaran.rest.Caller;
import io.siaran.sql.Database;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/leads/export}: read page by page, so memory holds one page. */
@Path("/api/v1/leads/export")
@RunOnVirtualThread
@Tag(name = "leads", description = "The people who are written to.")
class LeadExportResource {

    private static final String LEADS =
            LeadRows.SHOW + " WHERE l.user_id = $1 AND l.id > $2 AND NOT l.deleted ORDER BY l.id LIMIT $3";
    /** A lead with the longest texts is some 75 KB of memory: eight files at once, the most of a process, read 60 MB of such. */
    private static final int PAGE = 100;

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final CsvDownloads files;
    private final Database database;
    private final Caller caller;
    private final String region;

    LeadExportResource(CsvDownloads files, Database database, Caller caller, LeadConfig config) {
        this.files = files;
        this.database = database;
        this.caller = caller;
        this.region = config.phoneRegion();
    }

    @GET
    @Produces(CsvDownloads.TYPE)
    @RolesAllowed("viewer")
    @Operation(
            operationId = "exportLeads",
            summary = "All leads as CSV",
            description = "The columns that an import takes; the file imported again changes nothing. A text that a"
                    + " spreadsheet would take for a formula begins with an apostrophe, and so does a foreign number whose"
                    + " digits are one of the installation's region too: it has its plus.")
    @APIResponse(
            responseCode = "200",
            description = "the file",
            content = @Content(mediaType = CsvDownloads.TYPE, schema = @Schema(implementation = String.class)))
    public Response export() {
        UserId user = caller.userId();
        return files.of("leads.csv", () -> out -> {
            out.writeRecord(
                    "name",
                    "phone",
                    "niche",
                    "target_status",
                    "trigger",
                    "device_id",
                    "consent_source",
                    "consent_at",
                    "attributes");
            UUID cursor = BEFORE_ALL;
            while (cursor != null) {
                cursor = writePage(user, cursor, out);
            }
        });
    }

    /** Where the next page begins; null after the last. The page is let go before the next is read. */
    private UUID writePage(UserId user, UUID cursor, CsvWriter out) {
        List<LeadView> page = LeadRows.views(database.run(LEADS, user.value(), cursor, PAGE));
        page.forEach(lead -> out.writeRecord(cells(lead.body())));
        return page.size() < PAGE ? null : page.getLast().id().value();
    }

    private List<String> cells(LeadBody body) {
        return List.of(
                CsvCell.guarded(body.name()),
                CsvCell.phone(new PhoneNumber(body.phone()), region),
                CsvCell.guarded(body.niche()),
                body.targetStatus().wire(),
                CsvCell.guarded(body.trigger()),
                body.deviceId().toString(),
                body.consentSource() == null ? "" : CsvCell.guarded(body.consentSource()),
                body.consentAt() == null ? "" : body.consentAt().toString(),
                body.attributes().values().isEmpty() ? "" : body.attributes().json());
    }
}
