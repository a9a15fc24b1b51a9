package io.siaran.gateway.callback;

import io.siaran.rest.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** {@code /callbacks} of the REST contract: where the platforms call. It needs no token. */
@Path("/api/v1/callbacks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "callbacks", description = "What the platforms tell.")
@RunOnVirtualThread
class CallbackResource {

    private static final byte[] NOTHING = {};

    private final ReceiveCallback receive;

    CallbackResource(ReceiveCallback receive) {
        this.receive = receive;
    }

    @Schema(description = "A callback that was taken.")
    record Taken(
            @Schema(
                    required = true,
                    description = "How many events it told that are followed: receipts, replies, connections.",
                    example = "1")
            int events) {}

    @POST
    @Extension(name = "x-idempotent", value = "true", parseValue = true)
    @Path("{platform}/{device_id}/{secret}")
    @PermitAll
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "receiveCallback",
            summary = "Take a callback of a platform",
            description =
                    "The address of a device is its callback_url. A callback is stored before it is answered. A wrong"
                            + " address or signature is a 404, whatever is wrong with it.")
    @APIResponse(
            responseCode = "200",
            description = "stored",
            content = @Content(schema = @Schema(implementation = Taken.class)))
    @APIResponse(
            responseCode = "429",
            description = "The platform calls too often; it may after the seconds of Retry-After.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Taken receive(
            @RestPath("platform") String platform,
            @RestPath("device_id") String device,
            @RestPath("secret") String secret,
            @Context HttpHeaders headers,
            byte[] body) {
        var address = new ReceiveCallback.Address(platform, device, secret);
        return new Taken(receive.receive(address, headers::getHeaderString, body == null ? NOTHING : body));
    }
}
