package io.siaran.gateway.registration;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.siaran.model.UserId;
import io.siaran.rest.IdempotencyKeys;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** Registers a device once for each idempotency key. */
@ApplicationScoped
class RegisterDevice {

    private final Devices devices;
    private final DeviceWarnings warnings;
    private final IdempotencyKeys keys;

    RegisterDevice(Devices devices, DeviceWarnings warnings, IdempotencyKeys keys) {
        this.devices = devices;
        this.warnings = warnings;
        this.keys = keys;
    }

    @WithTransaction
    Uni<Response> register(UserId user, DeviceBody body) {
        return keys.once(
                body,
                () -> devices.register(user, body)
                        .flatMap(device -> warnings.views(user).map(view -> created(view.apply(device)))));
    }

    private static Response created(DeviceView device) {
        return Response.created(URI.create("/api/v1/devices/" + device.id()))
                .entity(device)
                .build();
    }
}
