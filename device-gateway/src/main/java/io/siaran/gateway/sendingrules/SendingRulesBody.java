package io.siaran.gateway.sendingrules;

import io.siaran.gateway.rules.QuietHours;
import io.siaran.gateway.rules.State;
import io.siaran.gateway.rules.UserRules;
import io.siaran.rest.AnsweredAs;
import io.siaran.rest.Refusal;
import io.siaran.rest.Violation;
import io.siaran.rest.ViolationCode;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a user asks of all its devices, as a whole. */
@AnsweredAs(SendingRulesView.class)
@Schema(description = "What a user asks of all its devices, as a whole. What is absent or null is off.")
record SendingRulesBody(
        @Schema(nullable = true, description = "Hours at which none of the devices sends, each by its own time zone.")
        @Size(max = 50)
        List<QuietHours> quietHours,

        @Schema(
                nullable = true,
                description = "The Malaysian state whose public holidays are kept: nothing is sent on them.",
                example = "selangor")
        State holidays,

        @Schema(
                nullable = true,
                defaultValue = "false",
                description = "Whether the two weekly days of rest of that state are kept too; needs holidays.",
                example = "true")
        Boolean restDays,

        @Schema(
                nullable = true,
                defaultValue = "false",
                description = "Whether nothing is sent during the Friday prayer.",
                example = "true")
        Boolean fridayPrayer,

        @Schema(
                nullable = true,
                description = "Messages a minute of all devices together; null is no limit.",
                example = "60")
        @Min(1)
        @Max(100_000)
        Integer ratePerMinute) {

    /** @throws Refusal (a 400) that names every field that is wrong */
    UserRules rules() {
        List<QuietHours> quiet = Objects.requireNonNullElse(quietHours, List.of());
        List<Violation> wrong = new ArrayList<>(QuietHoursField.violations(quiet));
        if (Boolean.TRUE.equals(restDays) && holidays == null) {
            wrong.add(new Violation(
                    "rest_days", "needs holidays, the state whose days of rest they are", ViolationCode.CONTRADICTION));
        }
        if (!wrong.isEmpty()) {
            throw Refusal.invalid(wrong);
        }
        return new UserRules(
                quiet, holidays, Boolean.TRUE.equals(restDays), Boolean.TRUE.equals(fridayPrayer), ratePerMinute, 0);
    }
}
