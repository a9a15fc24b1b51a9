package io.siaran.campaign.suppression;

import io.siaran.kafka.Writes;
import io.siaran.model.PhoneNumber;
import io.siaran.model.UserId;
import io.siaran.rest.Caller;
import io.siaran.rest.IdempotencyKeys;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.siaran.rest.PhoneField;
import io.siaran.rest.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** {@code /api/v1/suppressions}: people, across all devices of the user. */
@Path("/api/v1/suppressions")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "suppressions", description = "Who is not written to any more, and replies that may ask for it.")
class SuppressionResource {

    private final Suppressions suppressions;
    private final Caller caller;
    private final IdempotencyKeys keys;
    private final Writes writes;
    private final String region;

    SuppressionResource(
            Suppressions suppressions,
            Caller caller,
            IdempotencyKeys keys,
            Writes writes,
            @ConfigProperty(name = "siaran.lead.phone-region") String region) {
        this.suppressions = suppressions;
        this.caller = caller;
        this.keys = keys;
        this.writes = writes;
        this.region = region;
    }

    @POST
    @RolesAllowed("operator")
    @Operation(
            operationId = "suppress",
            summary = "Write to a person no more",
            description = "Holds for all devices of the user and for leads that come later. What waits ends, what is in"
                    + " flight is asked back. For somebody who is suppressed already nothing changes (200).")
    @APIResponse(
            responseCode = "201",
            description = "suppressed",
            content = @Content(schema = @Schema(implementation = SuppressionView.class)))
    @APIResponse(
            responseCode = "200",
            description = "was suppressed before",
            content = @Content(schema = @Schema(implementation = SuppressionView.class)))
    public Response suppress(@NotNull @Valid SuppressionBody body) {
        UserId user = caller.userId();
        PhoneNumber phone = PhoneField.parse("phone", body.phone(), region);
        Response changed = writes.inTransaction(tx -> keys.once(
                tx.connection(),
                body,
                () -> suppressions
                        .suppress(tx, user, phone, body.reason())
                        .map(view -> Response.created(URI.create("/api/v1/suppressions/" + phone))
                                .entity(view)
                                .build())
                        .orElseGet(() -> Response.noContent().build())));
        return changed.hasEntity()
                ? changed
                : Response.ok(suppressions.find(user, phone).orElseThrow(() -> Suppressions.notFound(phone)))
                        .build();
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(operationId = "listSuppressions", summary = "List people who must not be written to, by their numbers")
    public Page<SuppressionView> list(
            @Parameter(
                            description =
                                    "suppressions that were changed at this time or later; who may be written to again is not shown")
                    @RestQuery("updated_since")
                    Instant updatedSince,
            @BeanParam PageRequest page) {
        return suppressions.list(caller.userId(), updatedSince, page);
    }

    @GET
    @Path("/{phone}")
    @RolesAllowed("viewer")
    @Operation(operationId = "getSuppression", summary = "Whether a person must not be written to, and why")
    public SuppressionView get(
            @Parameter(description = "the person's phone number in any spelling") @RestPath("phone") String phone) {
        PhoneNumber number = PhoneField.parse("phone", phone, region);
        return suppressions.find(caller.userId(), number).orElseThrow(() -> Suppressions.notFound(number));
    }

    @DELETE
    @Path("/{phone}")
    @RolesAllowed("operator")
    @Operation(
            operationId = "liftSuppression",
            summary = "Let a person be written to again",
            description = "What ended while the person was suppressed stays ended.")
    @APIResponse(responseCode = "204", description = "lifted")
    @APIResponse(
            responseCode = "409",
            description = "the person is being erased",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public void lift(
            @Parameter(description = "the person's phone number in any spelling") @RestPath("phone") String phone) {
        UserId user = caller.userId();
        PhoneNumber number = PhoneField.parse("phone", phone, region);
        writes.inTransaction(tx -> {
            suppressions.liftSeen(tx, user, number);
            return number;
        });
    }
}
