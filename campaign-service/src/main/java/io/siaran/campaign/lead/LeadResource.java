package io.siaran.campaign.lead;

import io.siaran.kafka.Writes;
import io.siaran.model.LeadId;
import io.siaran.model.UserId;
import io.siaran.rest.AnswersOnce;
import io.siaran.rest.Caller;
import io.siaran.rest.MergePatch;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** {@code /api/v1/leads}. */
@Path("/api/v1/leads")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "leads", description = "The people who are written to.")
class LeadResource {

    private final Leads leads;
    private final Caller caller;
    private final AnswersOnce once;
    private final Writes writes;

    LeadResource(Leads leads, Caller caller, AnswersOnce once, Writes writes) {
        this.leads = leads;
        this.caller = caller;
        this.once = once;
        this.writes = writes;
    }

    @POST
    @RolesAllowed("operator")
    @Operation(operationId = "createLead", summary = "Add a lead; once for each user, device and phone")
    @APIResponse(
            responseCode = "201",
            description = "added",
            content = @Content(schema = @Schema(implementation = LeadView.class)))
    public Response create(@NotNull @Valid LeadBody body) {
        UserId user = caller.userId();
        LeadBody checked = leads.normalised(body);
        return once.answer(
                checked,
                () -> leads.ofKnownDevice(user, checked),
                writes::inTransaction,
                (tx, lead) -> created(leads.create(tx, user, lead)));
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(operationId = "listLeads", summary = "List leads, newest first")
    public Page<LeadView> list(@BeanParam LeadSearch search, @BeanParam PageRequest page) {
        return leads.list(caller.userId(), search, page);
    }

    @GET
    @Path("/{id}")
    @RolesAllowed("viewer")
    @Operation(operationId = "getLead", summary = "Show a lead")
    public LeadView get(@RestPath("id") LeadId id) {
        return LeadView.of(leads.get(caller.userId(), id));
    }

    @PUT
    @Path("/{id}")
    @RolesAllowed("operator")
    @Operation(
            operationId = "replaceLead",
            summary = "Change a lead",
            description = "On another device its unsent messages move along.")
    public LeadView replace(@RestPath("id") LeadId id, @NotNull @Valid LeadBody body) {
        return LeadView.of(leads.replace(caller.userId(), id, before -> body));
    }

    @PATCH
    @Path("/{id}")
    @RolesAllowed("operator")
    @Operation(
            operationId = "patchLead",
            summary = "Change some fields of a lead",
            description = "A merge patch by RFC 7396 of what PUT takes; null clears a field.")
    @RequestBody(content = @Content(schema = @Schema(implementation = LeadBody.class)))
    public LeadView patch(@RestPath("id") LeadId id, @NotNull MergePatch<LeadBody> body) {
        return LeadView.of(leads.replace(caller.userId(), id, body::applyTo));
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed("operator")
    @Operation(operationId = "deleteLead", summary = "Remove a lead from every audience and sequence")
    @APIResponse(responseCode = "204", description = "removed")
    public void remove(@RestPath("id") LeadId id) {
        leads.remove(caller.userId(), id);
    }

    private static Response created(Lead lead) {
        return Response.created(URI.create("/api/v1/leads/" + lead.id()))
                .entity(LeadView.of(lead))
                .build();
    }
}
