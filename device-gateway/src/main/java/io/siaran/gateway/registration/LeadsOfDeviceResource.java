package io.siaran.gateway.registration;

import io.siaran.model.DeviceId;
import io.siaran.rest.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** {@code /devices/{id}/move-leads}: campaign-service owns the leads, and does it. */
@Path("/api/v1/devices/{id}/move-leads")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "devices", description = "The numbers that send.")
class LeadsOfDeviceResource {

    private final Devices devices;
    private final LeadsOfDevice leads;
    private final Caller caller;
    private final JsonWebToken token;

    LeadsOfDeviceResource(Devices devices, LeadsOfDevice leads, Caller caller, JsonWebToken token) {
        this.devices = devices;
        this.leads = leads;
        this.caller = caller;
        this.token = token;
    }

    @POST
    @Extension(name = "x-idempotent", value = "true", parseValue = true)
    @RolesAllowed("operator")
    @Operation(
            operationId = "moveLeadsOfDevice",
            summary = "Move the leads of a device to another",
            description = "Their unsent messages move along. With dry_run the answer says what would move. The same as"
                    + " POST /leads/move, which also takes the leads of a device that was deleted.")
    public Uni<MovedLeads> move(@RestPath("id") DeviceId id, @NotNull @Valid MoveLeads body) {
        String bearer = token.getRawToken();
        return devices.find(caller.userId(), id).chain(() -> leads.move(id, body, bearer));
    }
}
