package io.siaran.sequence.progress;

import io.siaran.model.DeviceId;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/** The filters of the list of contacts; a {@code @BeanParam}. */
record ContactQuery(
        @Parameter(description = "Only these; may be given several times.", example = "active") @RestQuery("status")
        List<ContactStatus> statuses,

        @Parameter(
                description = "Only contacts whose lead is on this device now.",
                example = "01934b5e-7c11-7d3a-9f5e-2a8f1c0b9d49")
        @RestQuery("device_id")
        DeviceId device) {

    /** All of them when none is asked for. */
    String[] statusesOnTheWire() {
        var asked =
                statuses == null || statuses.isEmpty() ? EnumSet.allOf(ContactStatus.class) : EnumSet.copyOf(statuses);
        return asked.stream().map(ContactStatus::wire).toArray(String[]::new);
    }

    UUID deviceOrNull() {
        return device == null ? null : device.value();
    }
}
