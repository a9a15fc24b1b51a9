package io.siaran.campaign.suppression;

import io.siaran.kafka.Writes;
import io.siaran.model.LeadId;
import io.siaran.model.Limits;
import io.siaran.model.PhoneNumber;
import io.siaran.model.UserId;
import io.siaran.rest.Caller;
import io.siaran.rest.Refusal;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** {@code /api/v1/leads/{id}/opt-out}: the person behind a lead, on all devices of the user. */
@Path("/api/v1/leads/{id}/opt-out")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "suppressions", description = "Who is not written to any more, and replies that may ask for it.")
class OptOutResource {

    private final Suppressions suppressions;
    private final Caller caller;
    private final Writes writes;

    OptOutResource(Suppressions suppressions, Caller caller, Writes writes) {
        this.suppressions = suppressions;
        this.caller = caller;
        this.writes = writes;
    }

    @POST
    @Extension(name = "x-idempotent", value = "true", parseValue = true)
    @RolesAllowed("operator")
    @Operation(
            operationId = "optOutLead",
            summary = "Write to the person behind a lead no more",
            description = "Holds for all devices of the user and survives that the lead is deleted and comes back."
                    + " What waits ends, what is in flight is asked back. Told again it changes nothing.")
    public SuppressionView optOut(
            @RestPath("id") LeadId id,
            @Parameter(description = "why, in words") @RestQuery("reason") @Size(max = Limits.REASON) String reason) {
        UserId user = caller.userId();
        PhoneNumber phone = suppressions.phoneOf(user, id);
        return writes.inTransaction(tx -> suppressions.suppress(tx, user, phone, reason == null ? "" : reason))
                .or(() -> suppressions.find(user, phone))
                .orElseThrow(() -> Refusal.conflict("the person was let in again a moment ago; try again"));
    }

    @DELETE
    @RolesAllowed("operator")
    @Operation(
            operationId = "optInLead",
            summary = "Let the person behind a lead be written to again",
            description = "Nothing changes for somebody who may be written to. What ended stays ended.")
    @APIResponse(responseCode = "204", description = "may be written to")
    public void optIn(@RestPath("id") LeadId id) {
        UserId user = caller.userId();
        PhoneNumber phone = suppressions.phoneOf(user, id);
        writes.inTransaction(tx -> suppressions.lift(tx, user, phone));
    }
}
