package io.siaran.campaign.suppression;

import io.siaran.campaign.ErasedPeople;
import io.siaran.campaign.Query;
import io.siaran.kafka.Writes;
import io.siaran.model.PhoneNumber;
import io.siaran.model.UserId;
import io.siaran.rest.Caller;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.siaran.rest.Refusal;
import io.siaran.sql.Database;
import io.siaran.sql.Tx;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** {@code /api/v1/suppressions/doubtful}: replies with a stop word among others, for an operator to decide. */
@Path("/api/v1/suppressions/doubtful")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "suppressions", description = "Who is not written to any more, and replies that may ask for it.")
class DoubtfulReplyResource {

    private static final String LIST = "SELECT id, device_id, phone, text, written_at FROM opt_out_replies"
            + " WHERE verdict = 'doubtful' AND decision IS NULL AND user_id = ";
    private static final String DECIDE = "UPDATE opt_out_replies"
            + " SET decision = $3, decided_by = $1, decided_at = clock_timestamp()"
            + " WHERE user_id = $1 AND id = $2 AND verdict = 'doubtful' AND decision IS NULL RETURNING phone";

    private final Database database;
    private final Suppressions suppressions;
    private final ErasedPeople erased;
    private final Writes writes;
    private final Caller caller;

    DoubtfulReplyResource(
            Database database, Suppressions suppressions, ErasedPeople erased, Writes writes, Caller caller) {
        this.database = database;
        this.suppressions = suppressions;
        this.erased = erased;
        this.writes = writes;
        this.caller = caller;
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(operationId = "listDoubtfulReplies", summary = "List replies that may ask for an end of messages")
    public Page<DoubtfulReply> list(@BeanParam PageRequest page) {
        Query query = new Query(LIST);
        query.and("?", caller.userId().value());
        query.and(" AND id > ?", page.after(UUID::fromString).orElse(null));
        query.and(" ORDER BY id LIMIT ?", page.rowsToRead());
        List<DoubtfulReply> found = StreamSupport.stream(
                        database.run(query.sql(), query.arguments()).spliterator(), false)
                .map(DoubtfulReply::of)
                .toList();
        return Page.of(found, page, DoubtfulReply::id, reply -> reply);
    }

    @POST
    @Extension(name = "x-idempotent", value = "true", parseValue = true)
    @Path("/{id}/opt-out")
    @RolesAllowed("operator")
    @Operation(operationId = "optOutDoubtfulReply", summary = "It asked for an end: write to the person no more")
    @APIResponse(responseCode = "204", description = "decided")
    public void optOut(@RestPath("id") UUID id) {
        UserId user = caller.userId();
        writes.inTransaction(tx ->
                suppressions.suppress(tx, user, decide(tx, user, id, "opted_out"), "replied, read by an operator"));
    }

    @POST
    @Extension(name = "x-idempotent", value = "true", parseValue = true)
    @Path("/{id}/dismiss")
    @RolesAllowed("operator")
    @Operation(operationId = "dismissDoubtfulReply", summary = "It asked for nothing: take it off the list")
    @APIResponse(responseCode = "204", description = "decided")
    public void dismiss(@RestPath("id") UUID id) {
        UserId user = caller.userId();
        writes.inTransaction(tx -> decide(tx, user, id, "dismissed"));
    }

    /** Whose reply it was; a 404 for one that is not there, or was decided before. */
    private PhoneNumber decide(Tx tx, UserId user, UUID id, String decision) {
        erased.keepErasuresOut(tx, Stream.of(user));
        for (Row row : tx.run(DECIDE, user.value(), id, decision)) {
            return new PhoneNumber(row.getString("phone"));
        }
        throw Refusal.notFound("doubtful reply", id);
    }
}
