package io.siaran.gateway.registration;

import io.siaran.kafka.Outbox;
import io.siaran.kafka.Writes;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.siaran.rest.IdempotencyKeys;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;

/** Registers a device once for each idempotency key, and answers when the others may know of it. */
@ApplicationScoped
class RegisterDevice {

    /**
     * Longer than a relay is behind that works. Who is answered before the device is published and names it elsewhere is told that there
     * is none. Where Kafka is away the device is registered all the same and published later: then the others say that they do not
     * know (503).
     */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Devices devices;
    private final DeviceViews views;
    private final IdempotencyKeys keys;
    private final Writes writes;
    private final Outbox outbox;

    RegisterDevice(Devices devices, DeviceViews views, IdempotencyKeys keys, Writes writes, Outbox outbox) {
        this.devices = devices;
        this.views = views;
        this.keys = keys;
        this.writes = writes;
        this.outbox = outbox;
    }

    /**
     * The answer comes when Kafka has acknowledged the device's snapshot, so that a request which names it is understood; one
     * that is told again waits as well, for the first may not have been read by anybody.
     */
    Uni<Response> register(UserId user, DeviceBody body) {
        // How it will be shown is read before: by another connection, which a transaction must not wait for while it
        // holds its own.
        return views.ofNew(user)
                .flatMap(view -> writes.inSession(() -> keys.once(body, () -> registered(user, body, view))))
                .call(answer -> outbox.published(Topic.DEVICES, idIn(answer), PATIENCE));
    }

    private Uni<Response> registered(UserId user, DeviceBody body, Function<Device, DeviceView> view) {
        return devices.register(user, body).map(device -> created(view.apply(device)));
    }

    /** As the answer names it, whether it was made now or is kept from the first time. */
    private static String idIn(Response answer) {
        String location = answer.getHeaderString(HttpHeaders.LOCATION);
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private static Response created(DeviceView device) {
        return Response.created(URI.create("/api/v1/devices/" + device.id()))
                .entity(device)
                .build();
    }
}
