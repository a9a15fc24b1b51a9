package io.siaran.dispatch.webhook;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How a webhook goes over to another secret. */
record Rotation(
        @Schema(
                description = "how many hours deliveries are signed with the secret before too",
                defaultValue = "24",
                nullable = true,
                example = "24")
        @Min(0)
        @Max(MOST_HOURS)
        Integer overlapHours) {

    static final Rotation USUAL = new Rotation(null);

    private static final int USUAL_HOURS = 24;
    private static final int MOST_HOURS = 168;

    Rotation {
        overlapHours = Optional.ofNullable(overlapHours).orElse(USUAL_HOURS);
    }

    Duration overlap() {
        return Duration.ofHours(overlapHours);
    }
}
