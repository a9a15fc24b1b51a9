package io.siaran.gateway.registration;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.siaran.model.DeviceId;
import io.siaran.rest.Caller;
import io.siaran.rest.IdempotencyKeys;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jboss.resteasy.reactive.RestPath;

/** {@code /devices} of the REST contract. */
@Path("/api/v1/devices")
class DeviceResource {

    private final Devices devices;
    private final Caller caller;
    private final IdempotencyKeys keys;

    DeviceResource(Devices devices, Caller caller, IdempotencyKeys keys) {
        this.devices = devices;
        this.caller = caller;
        this.keys = keys;
    }

    @POST
    @RolesAllowed("operator")
    @WithTransaction
    public Uni<Response> register(@NotNull @Valid NewDevice body) {
        return keys.once(body, () -> devices.register(caller.userId(), body).map(DeviceResource::created));
    }

    @GET
    @RolesAllowed("viewer")
    public Uni<Page<DeviceView>> list(@BeanParam PageRequest page) {
        return devices.list(caller.userId(), page)
                .map(rows -> Page.of(rows, page, device -> device.id, DeviceView::of));
    }

    @GET
    @Path("{id}")
    @RolesAllowed("viewer")
    public Uni<DeviceView> get(@RestPath("id") DeviceId id) {
        return devices.find(caller.userId(), id).map(DeviceView::of);
    }

    @PATCH
    @Path("{id}")
    @RolesAllowed("operator")
    public Uni<DeviceView> patch(@RestPath("id") DeviceId id, @NotNull @Valid DevicePatch body) {
        return devices.patch(caller.userId(), id, body).map(DeviceView::of);
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed("operator")
    public Uni<Void> delete(@RestPath("id") DeviceId id) {
        return devices.delete(caller.userId(), id).replaceWithVoid();
    }

    @POST
    @Path("{id}/pause")
    @RolesAllowed("operator")
    public Uni<DeviceView> pause(@RestPath("id") DeviceId id) {
        return devices.pause(caller.userId(), id).map(DeviceView::of);
    }

    @POST
    @Path("{id}/resume")
    @RolesAllowed("operator")
    public Uni<DeviceView> resume(@RestPath("id") DeviceId id) {
        return devices.resume(caller.userId(), id).map(DeviceView::of);
    }

    private static Response created(Device device) {
        return Response.created(URI.create("/api/v1/devices/" + device.id))
                .entity(DeviceView.of(device))
                .build();
    }
}
