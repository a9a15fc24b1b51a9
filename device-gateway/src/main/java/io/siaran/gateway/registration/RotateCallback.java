package io.siaran.gateway.registration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.siaran.kafka.Writes;
import io.siaran.model.DeviceId;
import io.siaran.model.UserId;
import io.siaran.rest.IdempotencyKeys;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Instant;

/**
 * Gives a device another callback address once for each idempotency key: who asks twice for one would end the address that its
 * platform has. What is kept of the answer says which address it was; its secrets are made again.
 */
@ApplicationScoped
class RotateCallback {

    private final Devices devices;
    private final CallbackView.Views views;
    private final IdempotencyKeys keys;
    private final Writes writes;
    private final ObjectMapper mapper;

    RotateCallback(
            Devices devices, CallbackView.Views views, IdempotencyKeys keys, Writes writes, ObjectMapper mapper) {
        this.devices = devices;
        this.views = views;
        this.keys = keys;
        this.writes = writes;
        this.mapper = mapper;
    }

    /** Which address a device was given, without its secrets. */
    record Given(String platform, int generation, Instant previousUntil) {}

    Uni<Response> rotate(UserId user, DeviceId id) {
        return writes.inSession(() -> keys.once(
                        null,
                        () -> devices.rotateCallback(user, id)
                                .map(device -> Response.ok(views.given(device)).build())))
                .map(answer -> shown(id, answer));
    }

    private Response shown(DeviceId id, Response answer) {
        Given given = answer.getEntity() instanceof String kept ? read(kept) : (Given) answer.getEntity();
        return Response.fromResponse(answer).entity(views.of(id, given)).build();
    }

    private Given read(String kept) {
        try {
            return mapper.readValue(kept, Given.class);
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException("an answer that we kept cannot be read", bug);
        }
    }
}
