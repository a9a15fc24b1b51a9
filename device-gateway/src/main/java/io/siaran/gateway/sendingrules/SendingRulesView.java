package io.siaran.gateway.sendingrules;

import io.siaran.gateway.rules.QuietHours;
import io.siaran.gateway.rules.State;
import io.siaran.gateway.rules.UserRules;
import io.siaran.rest.Versioned;
import io.siaran.rest.Warning;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a user asks of all its devices, as it is in force. */
@Schema(description = "What a user asks of all its devices, as it is in force.")
record SendingRulesView(
        @Schema(required = true, description = "Hours at which none of the devices sends, each by its own time zone.")
        List<QuietHours> quietHours,

        @Schema(
                required = true,
                nullable = true,
                description = "The Malaysian state whose public holidays are kept, or null.",
                example = "selangor")
        State holidays,

        @Schema(
                required = true,
                description = "Whether the two weekly days of rest of that state are kept too.",
                example = "true")
        boolean restDays,

        @Schema(required = true, description = "Whether nothing is sent during the Friday prayer.", example = "true")
        boolean fridayPrayer,

        @Schema(
                required = true,
                nullable = true,
                description = "Messages a minute of all devices together; null is no limit.",
                example = "60")
        Integer ratePerMinute,

        @Schema(
                required = true,
                nullable = true,
                description = "When they were last replaced; null where they never were.",
                example = "2026-11-27T01:00:00Z")
        Instant updatedAt,

        @Schema(required = true, description = "What is legal and yet doubtful: always_quiet.")
        List<Warning> warnings,

        @Schema(hidden = true) long version)
        implements Versioned {

    /** @param quiet all hours that these rules keep quiet */
    static SendingRulesView of(SendingRulesStore.Stored stored, List<QuietHours> quiet) {
        UserRules rules = stored.rules();
        return new SendingRulesView(
                rules.quietHours(),
                rules.holidays(),
                rules.restDays(),
                rules.fridayPrayer(),
                rules.ratePerMinute(),
                stored.updatedAt(),
                QuietHoursField.warnings(quiet),
                rules.version());
    }
}
