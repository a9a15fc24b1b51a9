package io.siaran.sequence.progress;

import io.siaran.model.SequenceId;
import io.siaran.rest.Caller;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Where the contacts of a sequence are. */
@Path("/api/v1/sequences")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("viewer")
@Tag(name = "sequences", description = "Timelines of messages that leads enter by a trigger.")
class ProgressResource {

    private final Caller caller;
    private final ListContacts contacts;
    private final ReadReports reports;

    ProgressResource(Caller caller, ListContacts contacts, ReadReports reports) {
        this.caller = caller;
        this.contacts = contacts;
        this.reports = reports;
    }

    @GET
    @Path("{id}/contacts")
    @RunOnVirtualThread
    @Operation(
            operationId = "listSequenceContacts",
            summary = "Lists where the contacts of a sequence are: one item a contact and step.",
            description = "Enrolment by enrolment, each in order of its steps.")
    public Page<ContactView> contacts(
            @RestPath SequenceId id, @BeanParam ContactQuery query, @BeanParam PageRequest page) {
        return contacts.list(caller.userId(), id, query, page);
    }

    @GET
    @Path("{id}/report")
    @RunOnVirtualThread
    @Operation(
            operationId = "reportSequence",
            summary = "Counts what became of who entered, of each step, and on each device.",
            description = "A step counts at the device that its message was given to, before that at the lead's.")
    public Report report(@RestPath SequenceId id) {
        return reports.of(caller.userId(), id);
    }
}
