package io.siaran.dispatch.webhook;

import io.siaran.dispatch.event.EventType;
import io.siaran.rest.Refusal;
import io.siaran.rest.ViolationCode;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Which deliveries to send again. */
record ReplayRequest(
        @Schema(
                description = "failed unless given; delivered ones are sent again as well where it says so",
                example = "failed")
        DeliveryStatus status,

        @Schema(description = "of events of these types; none or absent: all", example = "[\"message.failed\"]")
        @Size(max = 30)
        List<String> types,

        @Schema(description = "made at or after", required = true, example = "2026-11-28T00:00:00Z")
        Instant from,

        @Schema(description = "made before; absent: until now", example = "2026-11-29T00:00:00Z")
        Instant to) {

    ReplayRequest {
        status = status == null ? DeliveryStatus.FAILED : status;
    }

    /** Throws {@link Refusal} (a 400) for a status that has nothing to send again, and without a beginning. */
    DeliveryFilter filter() {
        if (status == DeliveryStatus.PENDING) {
            throw Refusal.invalid("status", "must be failed or delivered: what is pending is sent anyway");
        }
        if (from == null) {
            throw Refusal.invalid("from", "must be given", ViolationCode.REQUIRED);
        }
        EventType.requireKnown("types", types == null ? List.of() : types);
        return new DeliveryFilter(List.of(status), types, from, to);
    }
}
