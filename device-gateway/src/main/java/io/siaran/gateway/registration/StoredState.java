package io.siaran.gateway.registration;

import io.siaran.gateway.device.RefusalCause;
import io.siaran.model.WireEnum;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;

/** The columns of a device in which its {@link DeviceState} stands. */
@Embeddable
class StoredState {

    String condition;

    /** What others see of {@link #condition}. */
    String status;

    @Column(name = "status_since")
    Instant statusSince;

    @Column(name = "status_reason")
    String statusReason;

    @Column(name = "held_until")
    Instant heldUntil;

    @Column(name = "refusal_cause")
    String refusalCause;

    DeviceState read() {
        return new DeviceState(
                WireEnum.read(DeviceCondition.class, condition),
                statusSince,
                statusReason,
                heldUntil,
                refusalCause == null ? null : WireEnum.read(RefusalCause.class, refusalCause));
    }

    void write(DeviceState state) {
        condition = state.condition().wire();
        status = state.status().wire();
        statusSince = state.since();
        statusReason = state.reason();
        heldUntil = state.heldUntil();
        refusalCause = state.cause() == null ? null : state.cause().wire();
    }
}
