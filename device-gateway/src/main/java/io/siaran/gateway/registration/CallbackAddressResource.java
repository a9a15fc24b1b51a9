package io.siaran.gateway.registration;

import io.siaran.model.DeviceId;
import io.siaran.rest.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** {@code /devices/{id}/callback}: what a person, or a program, enters at the platform. */
@Path("/api/v1/devices/{id}/callback")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "devices", description = "The numbers that send.")
class CallbackAddressResource {

    private final Devices devices;
    private final RotateCallback rotate;
    private final CallbackView.Views views;
    private final Caller caller;

    CallbackAddressResource(Devices devices, RotateCallback rotate, CallbackView.Views views, Caller caller) {
        this.devices = devices;
        this.rotate = rotate;
        this.views = views;
        this.caller = caller;
    }

    @GET
    @RolesAllowed("operator")
    @Operation(
            operationId = "getDeviceCallback",
            summary = "Get the address that a device's platform has to call",
            description =
                    "Enter it where the platform asks for a webhook: for messages, for their status, for the device.")
    public Uni<CallbackView> get(@RestPath("id") DeviceId id) {
        return devices.find(caller.userId(), id).map(views::of);
    }

    @POST
    @Path("rotate")
    @RolesAllowed("operator")
    @Operation(
            operationId = "rotateDeviceCallback",
            summary = "Give a device another callback address",
            description =
                    "The one before holds for a while longer, so that the platform can be told in peace; the one before"
                            + " that does not.")
    @APIResponse(
            responseCode = "200",
            description = "rotated",
            content = @Content(schema = @Schema(implementation = CallbackView.class)))
    public Uni<Response> rotate(@RestPath("id") DeviceId id) {
        return rotate.rotate(caller.userId(), id);
    }
}
