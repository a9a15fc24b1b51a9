package io.siaran.dispatch.audit;

import io.siaran.rest.Caller;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.siaran.rest.Reads;
import io.siaran.sql.Sql;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who did what when. */
@Path("/api/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("viewer")
@Tag(name = "audit", description = "Who did what when.")
@RunOnVirtualThread
class AuditResource {

    private static final String ENTRIES = Sql.load(AuditResource.class, "entries.sql");
    private static final String OF_ALL = ENTRIES.replace("{subject}", "$3::text IS NULL");

    /** By an index of its own: one thing has few entries among those of its user. */
    private static final String OF_ONE = ENTRIES.replace("{subject}", "subject_id = $3");

    private final Reads reads;
    private final Caller caller;

    AuditResource(Reads reads, Caller caller) {
        this.reads = reads;
        this.caller = caller;
    }

    @GET
    @Operation(
            operationId = "listAuditEntries",
            summary = "Who did what when, newest first",
            description =
                    "Messages that were cancelled, retried or resolved, the queue that was stopped and resumed, webhooks;"
                            + " campaigns, leads that moved, files of leads, opt-outs; sequences and who was let into them;"
                            + " devices, their links, and the rules of sending. Phones, texts and secrets are not shown. What"
                            + " is written stays for 400 days.")
    public Page<AuditEntry> list(@BeanParam AuditQuery query, @BeanParam PageRequest page) {
        List<Row> rows = StreamSupport.stream(
                        reads.run(
                                        query.subjectId() == null ? OF_ALL : OF_ONE,
                                        caller.userId().value(),
                                        query.actions(),
                                        query.subjectId(),
                                        query.by(),
                                        query.since(),
                                        query.until(),
                                        page.after(UUID::fromString).orElse(null),
                                        page.rowsToRead())
                                .spliterator(),
                        false)
                .toList();
        return Page.of(rows, page, row -> row.getUUID("id"), AuditEntry::of);
    }
}
