package io.siaran.sequence.enrolment;

import io.siaran.model.LeadId;
import io.siaran.model.SequenceId;
import io.siaran.rest.Caller;
import io.siaran.rest.Reads;
import io.siaran.rest.Refusal;
import io.siaran.sql.Sql;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Why a lead is not in a sequence. */
@Path("/api/v1/sequences")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("viewer")
@Tag(name = "sequences", description = "Timelines of messages that leads enter by a trigger.")
class WhyResource {

    private static final String FIND = Sql.load(WhyResource.class, "find-why-not.sql");

    private final Caller caller;
    private final Reads reads;

    WhyResource(Caller caller, Reads reads) {
        this.caller = caller;
        this.reads = reads;
    }

    @GET
    @Path("{id}/why")
    @RunOnVirtualThread
    @Operation(operationId = "whyNotEnrolled", summary = "Says why a lead is not in a sequence.")
    public WhyAnswer why(
            @RestPath SequenceId id,
            @NotNull
                    @Parameter(
                            description = "The lead.",
                            required = true,
                            example = "01934b5e-7c11-7d3a-9f5e-2a8f1c0b9d4b")
                    @RestQuery("lead_id")
                    LeadId leadId) {
        for (Row row :
                reads.run(FIND, id.value(), leadId.value(), caller.userId().value())) {
            return WhyAnswer.of(id, leadId, row);
        }
        throw Refusal.notFound("such sequence, or no lead", leadId);
    }
}
