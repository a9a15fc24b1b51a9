package io.siaran.dispatch.webhook;

import io.siaran.rest.Refusal;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How a webhook goes over to another secret. */
record Rotation(
        @Schema(
                description = "how many hours deliveries are signed with the secret before too, 0 to 168",
                defaultValue = "24",
                nullable = true,
                example = "24")
        Integer overlapHours) {

    static final Rotation USUAL = new Rotation(null);

    private static final int USUAL_HOURS = 24;
    private static final int MOST_HOURS = 168;

    Rotation {
        overlapHours = Optional.ofNullable(overlapHours).orElse(USUAL_HOURS);
    }

    /** Throws {@link Refusal} (a 400) for one out of bounds. */
    Duration overlap() {
        if (overlapHours < 0 || overlapHours > MOST_HOURS) {
            throw Refusal.invalid("overlap_hours", "must be from 0 to " + MOST_HOURS);
        }
        return Duration.ofHours(overlapHours);
    }
}
