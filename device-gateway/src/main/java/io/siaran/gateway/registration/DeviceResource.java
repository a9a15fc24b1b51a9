package io.siaran.gateway.registration;

import io.siaran.model.DeviceId;
import io.siaran.model.UserId;
import io.siaran.rest.Caller;
import io.siaran.rest.MergePatch;
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
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** {@code /devices} of the REST contract. */
@Path("/api/v1/devices")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "devices", description = "The numbers that send.")
class DeviceResource {

    private final Devices devices;
    private final RegisterDevice register;
    private final DeviceViews views;
    private final LeadsOfDevice leads;
    private final Caller caller;
    private final JsonWebToken token;

    DeviceResource(
            Devices devices,
            RegisterDevice register,
            DeviceViews views,
            LeadsOfDevice leads,
            Caller caller,
            JsonWebToken token) {
        this.devices = devices;
        this.register = register;
        this.views = views;
        this.leads = leads;
        this.caller = caller;
        this.token = token;
    }

    @POST
    @RolesAllowed("operator")
    @Operation(
            operationId = "registerDevice",
            summary = "Register a device",
            description = "Answers when every service may know the device. It is offline until its platform was asked.")
    @APIResponse(
            responseCode = "201",
            description = "registered",
            content = @Content(schema = @Schema(implementation = DeviceView.class)))
    public Uni<Response> register(@NotNull @Valid DeviceBody body) {
        return register.register(caller.userId(), body);
    }

    @GET
    @RolesAllowed("viewer")
    @Operation(
            operationId = "listDevices",
            summary = "List devices, oldest first, or first what somebody has to look at",
            description =
                    "Sorted by trouble, a device whose state changes between two pages may come twice or not at all; that one is in"
                            + " doubt is noted within seconds.")
    public Uni<Page<DeviceView>> list(@BeanParam DeviceFilters filters, @BeanParam PageRequest page) {
        UserId user = caller.userId();
        String bearer = token.getRawToken();
        return devices.list(user, filters, page)
                .flatMap(rows -> views.withQueue(user, rows, bearer)
                        .map(view -> Page.of(rows, page, device -> key(device, filters), view)));
    }

    private static Object key(Device device, DeviceFilters filters) {
        return filters.order() == DeviceOrder.TROUBLE_FIRST
                ? new DeviceOrder.After(device.trouble, device.id)
                : device.id;
    }

    @GET
    @Path("{id}")
    @RolesAllowed("viewer")
    @Operation(operationId = "getDevice", summary = "Get a device")
    public Uni<DeviceView> get(@RestPath("id") DeviceId id) {
        UserId user = caller.userId();
        String bearer = token.getRawToken();
        return devices.find(user, id)
                .flatMap(found -> views.withQueue(user, List.of(found), bearer).map(view -> view.apply(found)));
    }

    @PUT
    @Path("{id}")
    @RolesAllowed("operator")
    @Operation(
            operationId = "replaceDevice",
            summary = "Replace a device's settings",
            description = "What is absent gets its default, but the credential, which stays.")
    public Uni<DeviceView> replace(@RestPath("id") DeviceId id, @NotNull @Valid DeviceBody body) {
        return shown(devices.change(caller.userId(), id, _ -> body));
    }

    @PATCH
    @Path("{id}")
    @RolesAllowed("operator")
    @Operation(
            operationId = "changeDevice",
            summary = "Change some of a device's settings",
            description = "A merge patch (RFC 7396): null clears.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = DeviceBody.class)))
    public Uni<DeviceView> patch(@RestPath("id") DeviceId id, @NotNull MergePatch<DeviceBody> patch) {
        return shown(devices.change(caller.userId(), id, device -> Devices.patched(device, patch)));
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed("operator")
    @Operation(
            operationId = "deleteDevice",
            summary = "Delete a device",
            description =
                    "Its unsent messages are cancelled, and its number is free to be registered again. While it has leads this is"
                            + " a 409 that says how many, unless leads says what becomes of them.")
    @APIResponse(responseCode = "204", description = "deleted")
    public Uni<Void> delete(
            @RestPath("id") DeviceId id,
            @Parameter(description = "keep: they stay without a device; move:<device>: they move there first")
                    @RestQuery("leads")
                    String choice) {
        UserId user = caller.userId();
        String bearer = token.getRawToken();
        LeadsChoice wanted = LeadsChoice.of(choice);
        return devices.find(user, id)
                .invoke(devices::requireExpected)
                .chain(() -> leads.settle(id, wanted, bearer))
                .chain(() -> devices.delete(user, id))
                .replaceWithVoid();
    }

    @POST
    @Path("{id}/pause")
    @Extension(name = "x-idempotent", value = "true", parseValue = true)
    @RolesAllowed("operator")
    @Operation(operationId = "pauseDevice", summary = "Pause a device: its messages wait")
    @APIResponse(
            responseCode = "200",
            description = "paused",
            content = @Content(schema = @Schema(implementation = DeviceView.class)))
    public Uni<DeviceView> pause(@RestPath("id") DeviceId id) {
        return shown(devices.pause(caller.userId(), id));
    }

    @POST
    @Path("{id}/resume")
    @Extension(name = "x-idempotent", value = "true", parseValue = true)
    @RolesAllowed("operator")
    @Operation(
            operationId = "resumeDevice",
            summary = "Resume a paused device, or one that its platform refused",
            description = "It is offline until its platform was asked.")
    @APIResponse(
            responseCode = "200",
            description = "resumed",
            content = @Content(schema = @Schema(implementation = DeviceView.class)))
    public Uni<DeviceView> resume(@RestPath("id") DeviceId id) {
        return shown(devices.resume(caller.userId(), id));
    }

    private Uni<DeviceView> shown(Uni<Device> device) {
        return device.flatMap(found -> views.of(caller.userId(), List.of(found)).map(view -> view.apply(found)));
    }
}
