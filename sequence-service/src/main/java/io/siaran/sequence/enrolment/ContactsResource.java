package io.siaran.sequence.enrolment;

import io.siaran.model.LeadId;
import io.siaran.model.SequenceId;
import io.siaran.rest.Caller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Letting leads into a sequence, and taking them out. */
@Path("/api/v1/sequences")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("operator")
@RunOnVirtualThread
@Tag(name = "sequences", description = "Timelines of messages that leads enter by a trigger.")
class ContactsResource {

    private final Caller caller;
    private final ChooseContacts contacts;

    ContactsResource(Caller caller, ChooseContacts contacts) {
        this.caller = caller;
        this.contacts = contacts;
    }

    @POST
    @Path("{id}/contacts")
    @Extension(name = "x-idempotent", value = "true", parseValue = true)
    @Operation(
            operationId = "enrolContacts",
            summary = "Lets leads into a sequence, by their ids or by a filter.",
            description = "At its first entry point, whatever triggers, niche and status they have. Who opted out, is"
                    + " inside already, or was before where allow_reentry is false, does not enter. Asked twice it is one."
                    + " Very many enter one after the other, over minutes; while 20 filters are at it in one sequence, another"
                    + " is a 429.")
    @APIResponseSchema(value = EnrolAnswer.class, responseCode = "202", responseDescription = "under way")
    public Response enrol(@RestPath SequenceId id, @NotNull @Valid EnrolRequest body) {
        return Response.accepted(contacts.letIn(caller.userId(), id, body)).build();
    }

    @POST
    @Path("{id}/contacts/take-out")
    @Extension(name = "x-idempotent", value = "true", parseValue = true)
    @Operation(
            operationId = "takeOutContacts",
            summary = "Takes contacts out of a sequence, by their leads' ids or by a filter.",
            description =
                    "What they have queued is withdrawn, and who was asked in and is not in yet does not enter. At most some"
                            + " hundreds at once: ask again while more is true. A filter that still asks leads in leaves out"
                            + " those who are taken out by up to 20 others; one more ends it (ended_requests).")
    @APIResponseSchema(value = TakenOut.class, responseDescription = "How many left.")
    public Response takeOut(@RestPath SequenceId id, @NotNull @Valid EnrolRequest body) {
        return Response.ok(contacts.takeOut(caller.userId(), id, body)).build();
    }

    @DELETE
    @Path("{id}/contacts/{lead_id}")
    @Operation(
            operationId = "takeOutContact",
            summary = "Takes one contact out of a sequence.",
            description =
                    "What it has queued is withdrawn; one that was asked in and is not in yet does not enter. The trigger"
                            + " stays on the lead and does not let it in again.")
    public void takeOutOne(@RestPath SequenceId id, @RestPath("lead_id") LeadId lead) {
        if (contacts.takeOutSeen(caller.userId(), id, lead).takenOut() == 0) {
            throw ChooseContacts.noSuchContact(lead);
        }
    }
}
