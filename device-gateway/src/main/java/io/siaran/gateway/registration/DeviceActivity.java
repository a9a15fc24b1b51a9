package io.siaran.gateway.registration;

import io.siaran.gateway.device.DeviceRules;
import io.siaran.gateway.device.UserRulesRow;
import io.siaran.gateway.rules.Frame;
import io.siaran.gateway.rules.SendingRules;
import io.siaran.gateway.rules.UserRules;
import io.siaran.model.DelayRange;
import io.siaran.model.WireEnum;
import io.siaran.rest.WarningCode;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Reads a row of {@code activity.sql}: what a device did on its day, and what that makes of it at that moment. */
final class DeviceActivity {

    private final Row row;
    private final Instant now;
    private final SendingRules rules;
    private final Frame frame;
    private final DeviceCondition condition;
    private final DelayRange pace;

    DeviceActivity(Row row, DeviceRules rules, Instant now) {
        this.row = row;
        this.now = now;
        UserRules ofUser = row.getLong("rules_version") == null
                ? UserRules.NONE
                : UserRulesRow.read(row, "user_quiet_hours", "rules_version");
        this.rules = rules.of(row, row.getString("user_id"), ofUser);
        this.frame = this.rules.frame(now);
        this.condition = WireEnum.read(DeviceCondition.class, row.getString("condition"));
        this.pace = row.getInteger("min_delay") == null
                ? DelayRange.DEFAULT
                : new DelayRange(row.getInteger("min_delay"), row.getInteger("max_delay"));
    }

    HealthView health() {
        return HealthView.of(score(), pace);
    }

    HealthScore score() {
        boolean isCapped = frame.dailyCap() != null || frame.firstContactCap() != null;
        Instant born = Objects.requireNonNullElse(instant("first_registered"), now);
        return HealthScore.of(new HealthFacts(
                condition,
                instant("unreachable_since") != null,
                instant("silent_since") != null,
                number("contact_refusals"),
                ofToday("sent_on_day"),
                ofToday("replies_on_day"),
                ofToday("failed_on_day"),
                ofToday("refused_on_day"),
                number("heard"),
                ChronoUnit.DAYS.between(born, now),
                isCapped,
                pace.minSeconds()));
    }

    /** That it works and yet looks bad; {@link NoteDoubts} goes by the same. */
    Set<WarningCode> doubts() {
        Set<WarningCode> found = EnumSet.noneOf(WarningCode.class);
        if (number("contact_refusals") >= HealthFacts.REFUSALS_IN_DOUBT) {
            found.add(WarningCode.CONTACTS_REFUSED);
        }
        if (instant("silent_since") != null) {
            found.add(WarningCode.RECEIPTS_STOPPED);
        }
        return found;
    }

    int slowFactor() {
        return row.getInteger("slow_factor");
    }

    TodayView today() {
        Problem last = lastProblem();
        return new TodayView(
                ofToday("replies_on_day"),
                ofToday("sent_on_day"),
                ofToday("first_contacts_on_day"),
                frame.dailyCap(),
                TodayView.wire(frame.dailyCap(), frame.dailyReason()),
                nextFreeAt(),
                last.words(),
                last.at());
    }

    private Instant nextFreeAt() {
        boolean sends = condition == DeviceCondition.ONLINE || condition == DeviceCondition.RESTRICTED;
        if (!sends) {
            return null;
        }
        boolean dayFull = frame.dailyCap() != null && ofToday("sent_on_day") >= frame.dailyCap();
        Instant earliest = Stream.of(
                        now,
                        pauseOver(),
                        instant("held_until"),
                        instant("hour_free_at"),
                        condition == DeviceCondition.RESTRICTED ? instant("device_held_until") : null,
                        dayFull ? rules.startOfDayAfter(frame.day()) : null)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(now);
        return rules.nextOpen(earliest).truncatedTo(ChronoUnit.MICROS);
    }

    private Instant pauseOver() {
        Instant busyUntil = instant("busy_until");
        return busyUntil == null
                ? null
                : busyUntil.plusSeconds(pace.stretched(slowFactor()).minSeconds());
    }

    private record Problem(String words, Instant at) {}

    /** What holds now comes before what happened last. */
    private Problem lastProblem() {
        Instant heldUntil = instant("held_until");
        if (heldUntil != null && heldUntil.isAfter(now)) {
            boolean throttled = "rate_limited".equals(row.getString("hold_reason"));
            String words = throttled ? "its platform asked for a pause" : "its platform fails whatever it is asked";
            return new Problem(words, instant("held_since"));
        }
        if (instant("silent_since") != null) {
            return new Problem(HealthFinding.RECEIPTS_STOPPED.words(), instant("silent_since"));
        }
        return new Problem(row.getString("trouble"), instant("trouble_at"));
    }

    /** Counters are of the day on which it last sent; another day has none yet. */
    private int ofToday(String column) {
        LocalDate counted = row.getLocalDate("counted_day");
        return counted == null || counted.isBefore(frame.day()) ? 0 : number(column);
    }

    private int number(String column) {
        return Objects.requireNonNullElse(row.getInteger(column), 0);
    }

    private Instant instant(String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
