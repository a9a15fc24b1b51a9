package io.siaran.sequence.progress;

import io.siaran.model.LeadId;
import io.siaran.model.SequenceId;
import io.siaran.rest.Caller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** One lead in its sequences. */
@Path("/api/v1/sequences")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("viewer")
@RunOnVirtualThread
@Tag(name = "sequences", description = "Timelines of messages that leads enter by a trigger.")
class ExplainResource {

    private final Caller caller;
    private final ExplainContacts contacts;

    ExplainResource(Caller caller, ExplainContacts contacts) {
        this.caller = caller;
        this.contacts = contacts;
    }

    @GET
    @Path("{id}/contacts/{lead_id}")
    @Operation(
            operationId = "explainContact",
            summary = "Says where a lead is in a sequence, what comes next and when, and why it waits.",
            description = "Of a lead that was in it several times, the last time.")
    public ContactExplained explain(@RestPath SequenceId id, @RestPath("lead_id") LeadId lead) {
        return contacts.explain(caller.userId(), id, lead);
    }

    @GET
    @Path("by-lead/{lead_id}")
    @Operation(
            operationId = "listSequencesOfLead",
            summary = "Lists the sequences that a lead is or was in.",
            description = "The newest hundred, the last first.")
    public EnrolmentsOfLead ofLead(@RestPath("lead_id") LeadId lead) {
        return new EnrolmentsOfLead(lead, contacts.ofLead(caller.userId(), lead));
    }
}
