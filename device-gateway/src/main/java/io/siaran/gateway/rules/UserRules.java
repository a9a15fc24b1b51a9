package io.siaran.gateway.rules;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a user asks of all its devices; everything is off unless asked for.
 *
 * @param holidays the state whose public holidays are kept, or null
 * @param restDays whether that state's two weekly days of rest are kept as well
 * @param fridayPrayer whether the hours of the Friday prayer are kept
 * @param ratePerMinute messages of all its devices together, or null
 * @param version of these rules; 0 when the user never set any
 */
public record UserRules(
        List<QuietHours> quietHours,
        State holidays,
        boolean restDays,
        boolean fridayPrayer,
        Integer ratePerMinute,
        long version) {

    public static final UserRules NONE = new UserRules(List.of(), null, false, false, null, 0);

    public UserRules {
        quietHours = List.copyOf(quietHours);
    }

    /** All hours that are quiet for a device of this user which has some of its own. */
    public List<QuietHours> quiet(List<QuietHours> ofDevice, LocalTime prayerFrom, LocalTime prayerUntil) {
        List<QuietHours> all = new ArrayList<>(quietHours);
        all.addAll(ofDevice);
        if (fridayPrayer) {
            all.add(new QuietHours(List.of(Weekday.FRIDAY), prayerFrom, prayerUntil));
        }
        if (restDays && holidays != null) {
            all.add(QuietHours.allDay(holidays.restDays()));
        }
        return all;
    }

    public Set<LocalDate> holidays(Holidays calendar) {
        return holidays == null ? Set.of() : calendar.of(holidays);
    }

    public Optional<Rate> rate(String user) {
        return Optional.ofNullable(ratePerMinute).map(perMinute -> new Rate("user:" + user, perMinute));
    }
}
