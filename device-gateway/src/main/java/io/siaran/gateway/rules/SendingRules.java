package io.siaran.gateway.rules;

import io.siaran.model.DeferReason;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** All rules of one device, its user's included. */
public final class SendingRules {

    private final SendingCalendar calendar;
    private final Caps caps;
    private final LocalDate born;
    private final List<Rate> rates;

    /**
     * @param quiet of the user and of the device
     * @param holidays local days on which nothing is sent
     * @param registered since when a warm-up counts the number's age
     */
    public SendingRules(
            ZoneId zone,
            List<QuietHours> quiet,
            Set<LocalDate> holidays,
            Caps caps,
            Instant registered,
            List<Rate> rates) {
        this.calendar = new SendingCalendar(zone, quiet, holidays);
        this.caps = caps;
        this.born = LocalDate.ofInstant(registered, zone);
        this.rates = List.copyOf(rates);
    }

    /**
     * What may be counted of a device, of its cold lane alone; null or {@link WarmUp#NONE} where it is not.
     *
     * @param coldDaily messages a day, as {@code daily}: the lower one holds
     * @param firstContacts people a day whom the number never wrote to before
     */
    public record Caps(Integer hourly, Integer daily, Integer coldDaily, Integer firstContacts, WarmUp warmUp) {

        public static final Caps NONE = new Caps(null, null, null, null, WarmUp.NONE);

        public static Caps of(Integer hourly, Integer daily, Optional<WarmUp> warmUp) {
            return new Caps(hourly, daily, null, null, warmUp.orElse(WarmUp.NONE));
        }

        /** The lowest of those that hold a whole day; a young device is told of its warm-up only where that is lower. */
        private DayCap ofDay(long age) {
            OptionalInt young = warmUp.cap(age);
            return new DayCap(daily, DeferReason.DAILY_CAP)
                    .or(new DayCap(coldDaily, DeferReason.COLD_DAILY_CAP))
                    .or(new DayCap(young.isPresent() ? (Integer) young.getAsInt() : null, DeferReason.WARM_UP));
        }
    }

    /** Messages on one day, or null, and which rule says so. */
    private record DayCap(Integer messages, DeferReason reason) {

        private DayCap or(DayCap other) {
            boolean isLower = other.messages != null && (messages == null || other.messages < messages);
            return isLower ? other : this;
        }
    }

    /** What holds at that instant, and how long. */
    public Frame frame(Instant at) {
        Segment segment = calendar.at(at);
        DayCap cap = caps.ofDay(ChronoUnit.DAYS.between(born, segment.day()));
        return new Frame(
                segment.from(),
                segment.closed().isPresent() ? segment.from() : segment.until(),
                segment.day(),
                cap.messages(),
                cap.reason(),
                caps.hourly(),
                caps.firstContacts());
    }

    /** Why nothing may be sent at that instant by clock and calendar, empty when it may. */
    public Optional<DeferReason> closed(Instant at) {
        return calendar.at(at).closed();
    }

    /** The first instant not before this one that clock and calendar allow. */
    public Instant nextOpen(Instant from) {
        return calendar.nextOpen(from);
    }

    /** How long clock and calendar allow, from this instant on and without a break; at most so long. */
    public Duration openFrom(Instant from, Duration atMost) {
        return calendar.openFrom(from, atMost);
    }

    /** When the day after this one begins where the device is. */
    public Instant startOfDayAfter(LocalDate day) {
        return calendar.startOf(day.plusDays(1));
    }

    /** Rates that this device shares with others, the user's first. */
    public List<Rate> rates() {
        return rates;
    }
}
