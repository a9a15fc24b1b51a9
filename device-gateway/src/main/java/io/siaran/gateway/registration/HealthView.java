package io.siaran.gateway.registration;

import io.siaran.model.DelayRange;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How well a device is, in words, and the pace that suits it. Nothing follows from it unless {@code auto_slow} is on. */
@Schema(
        description =
                "How well a device is, and the pace that suits it. Nothing follows from it unless auto_slow is on.")
record HealthView(
        @Schema(required = true, description = "From 100, nothing speaks against it, to 0.", example = "75")
        int score,

        @Schema(required = true, description = "What speaks against it, the worst first; empty at 100.")
        List<Finding> findings,

        @Schema(
                required = true,
                description = "The shortest pause that suits it, in seconds; as it is where it is well.",
                example = "20")
        int suggestedMinDelaySeconds,

        @Schema(
                required = true,
                description = "The longest pause that suits it, in seconds; as it is where it is well.",
                example = "60")
        int suggestedMaxDelaySeconds) {

    /** One thing that speaks against a device. */
    @Schema(name = "HealthFinding", description = "One thing that speaks against a device.")
    record Finding(
            @Schema(
                    required = true,
                    description = "The kind, for programs.",
                    enumeration = {
                        "banned",
                        "restricted",
                        "refused",
                        "disconnected",
                        "receipts_stopped",
                        "contacts_refused",
                        "calls_fail",
                        "nobody_answers",
                        "young",
                        "fast",
                        "unreachable"
                    },
                    example = "contacts_refused")
            String code,

            @Schema(required = true, description = "What it costs of the hundred.", example = "20")
            int points,

            @Schema(
                    required = true,
                    description = "The same in words.",
                    example = "its platform refuses many of its contacts")
            String message) {}

    /** @param pace its own, not stretched */
    static HealthView of(HealthScore score, DelayRange pace) {
        DelayRange suggested = pace.stretched(score.suggestedFactor());
        return new HealthView(
                score.points(),
                score.findings().stream()
                        .map(found -> new Finding(found.wire(), found.points(), found.words()))
                        .toList(),
                suggested.minSeconds(),
                suggested.maxSeconds());
    }
}
