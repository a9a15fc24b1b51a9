package io.siaran.campaign.lead;

import io.siaran.campaign.lead.LeadUpserts.Outcome;
import io.siaran.campaign.lead.LeadUpserts.Upserted;
import io.siaran.kafka.Writes;
import io.siaran.model.DeviceId;
import io.siaran.model.UserId;
import io.siaran.rest.AnswersOnce;
import io.siaran.rest.Caller;
import io.siaran.rest.Refusal;
import io.siaran.rest.Violation;
import io.siaran.sql.Tx;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/leads/bulk}. */
@Path("/api/v1/leads/bulk")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "leads", description = "The people who are written to.")
class LeadBulkResource {

    private final LeadUpserts upserts;
    private final LeadNews news;
    private final Devices devices;
    private final Caller caller;
    private final AnswersOnce once;
    private final Writes writes;

    LeadBulkResource(
            LeadUpserts upserts, LeadNews news, Devices devices, Caller caller, AnswersOnce once, Writes writes) {
        this.upserts = upserts;
        this.news = news;
        this.devices = devices;
        this.caller = caller;
        this.once = once;
        this.writes = writes;
    }

    @POST
    @RolesAllowed("operator")
    @Operation(
            operationId = "upsertLeads",
            summary = "Add or change up to 1,000 leads",
            description = "A lead is known by its device and phone. A row that is wrong is refused, and the others are"
                    + " written. What a row does not say stays; a row that says what is stored changes nothing.")
    @APIResponse(
            responseCode = "200",
            description = "what became of each row",
            content = @Content(schema = @Schema(implementation = LeadBulk.Result.class)))
    public Response upsert(@NotNull @Valid LeadBulk body) {
        UserId user = caller.userId();
        return once.answer(
                body,
                () -> judge(user, body.leads()),
                work -> writes.inTransaction(work, news::nudge),
                (tx, judged) -> Response.ok(
                                LeadBulk.Result.of(write(tx, user, body.leads().size(), judged)))
                        .build());
    }

    /** Each row by its place: what is to be written of it, or what is wrong with it. */
    private record Judged(Map<Integer, LeadBody> right, Map<Integer, List<Violation>> wrong) {}

    /** Throws a {@link Refusal} (a 503) where it cannot be told of a device whose it is; no row is judged by that. */
    private Judged judge(UserId user, List<LeadBody> rows) {
        Map<Integer, LeadBody> right = new HashMap<>();
        Map<Integer, List<Violation>> wrong = new HashMap<>();
        Map<DeviceId, List<Violation>> known = new HashMap<>();
        for (int index = 0; index < rows.size(); index++) {
            try {
                LeadBody checked = upserts.checked(rows.get(index));
                List<Violation> violations =
                        known.computeIfAbsent(checked.deviceId(), device -> devices.violations(device, user));
                if (violations.isEmpty()) {
                    right.put(index, checked);
                } else {
                    wrong.put(index, violations);
                }
            } catch (Refusal refusal) {
                wrong.put(index, refusal.violationsOfRow());
            }
        }
        return new Judged(right, wrong);
    }

    private List<LeadBulk.Row> write(Tx tx, UserId user, int rows, Judged judged) {
        Map<Integer, LeadBody> right = judged.right();
        Map<Integer, List<Violation>> wrong = judged.wrong();
        List<Integer> places = right.keySet().stream().sorted().toList();
        List<Upserted> done =
                upserts.upsert(tx, user, places.stream().map(right::get).toList());
        news.add(tx, done.stream().filter(Upserted::isNews).map(Upserted::lead).toList());
        List<LeadBulk.Row> results = new ArrayList<>(rows);
        int next = 0;
        for (int index = 0; index < rows; index++) {
            if (wrong.containsKey(index)) {
                results.add(new LeadBulk.Row(index, Outcome.REFUSED, null, wrong.get(index)));
            } else {
                Upserted one = done.get(next++);
                results.add(new LeadBulk.Row(index, one.outcome(), one.lead().id(), List.of()));
            }
        }
        return results;
    }
}
