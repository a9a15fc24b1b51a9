package io.siaran.gateway.rules;

import io.siaran.model.DeferReason;
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

    /** What may be counted of a device; null or {@link WarmUp#NONE} where it is not. */
    public record Caps(Integer hourly, Integer daily, WarmUp warmUp) {

        public static final Caps NONE = new Caps(null, null, WarmUp.NONE);

        public static Caps of(Integer hourly, Integer daily, Optional<WarmUp> warmUp) {
            return new Caps(hourly, daily, warmUp.orElse(WarmUp.NONE));
        }
    }

    /** What holds at that instant, and how long. */
    public Frame frame(Instant at) {
        Segment segment = calendar.at(at);
        OptionalInt young = caps.warmUp().cap(ChronoUnit.DAYS.between(born, segment.day()));
        boolean warming = young.isPresent() && (caps.daily() == null || young.getAsInt() < caps.daily());
        return new Frame(
                segment.from(),
                segment.closed().isPresent() ? segment.from() : segment.until(),
                segment.day(),
                warming ? (Integer) young.getAsInt() : caps.daily(),
                warming ? DeferReason.WARM_UP : DeferReason.DAILY_CAP,
                caps.hourly());
    }

    /** Why nothing may be sent at that instant by clock and calendar, empty when it may. */
    public Optional<DeferReason> closed(Instant at) {
        return calendar.at(at).closed();
    }

    /** The first instant not before this one that clock and calendar allow. */
    public Instant nextOpen(Instant from) {
        return calendar.nextOpen(from);
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
