package io.siaran.gateway.sendingrules;

import io.siaran.gateway.rules.QuietHours;
import io.siaran.gateway.rules.State;
import io.siaran.gateway.rules.UserRules;
import io.siaran.rest.Refusal;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;

/**
 * What a user asks of all its devices, as a whole; what is absent is off.
 *
 * @param holidays the state whose public holidays are kept
 * @param restDays whether the weekly days of rest of that state are kept too
 * @param ratePerMinute messages of all its devices together
 */
record SendingRulesBody(
        @Size(max = 50) List<@NotNull QuietHours> quietHours,
        State holidays,
        Boolean restDays,
        Boolean fridayPrayer,
        @Min(1) @Max(100_000) Integer ratePerMinute) {

    static SendingRulesBody of(UserRules rules) {
        return new SendingRulesBody(
                rules.quietHours(), rules.holidays(), rules.restDays(), rules.fridayPrayer(), rules.ratePerMinute());
    }

    UserRules rules() {
        if (Boolean.TRUE.equals(restDays) && holidays == null) {
            throw Refusal.invalid("rest_days", "needs holidays, the state whose days of rest they are");
        }
        return new UserRules(
                Objects.requireNonNullElse(quietHours, List.of()),
                holidays,
                Boolean.TRUE.equals(restDays),
                Boolean.TRUE.equals(fridayPrayer),
                ratePerMinute,
                0);
    }
}
