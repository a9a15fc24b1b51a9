package io.siaran.campaign.planning;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * On which days a campaign goes again: the subset of RFC 5545 rules {@code FREQ=DAILY|WEEKLY|MONTHLY}, {@code INTERVAL},
 * {@code BYDAY} (weekly, without numbers), {@code COUNT} or {@code UNTIL} (a day). Days are those of the campaign's zone; a
 * month without its day is left out, as the RFC says. Pure.
 *
 * @param days of the week, of a weekly rule; empty: the day of the occurrence before
 * @param count how many occurrences are left, the present one included; null: no end by number
 * @param until the last day; null: no end by day
 */
record Recurrence(Frequency frequency, int interval, Set<DayOfWeek> days, Integer count, LocalDate until) {

    enum Frequency {
        DAILY,
        WEEKLY,
        MONTHLY
    }

    private static final int LONGEST_INTERVAL = 366;
    private static final int MOST = 1_000;
    private static final int MONTHS_LOOKED_AT = 48;
    private static final List<String> DAYS = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");
    private static final Set<String> PARTS = Set.of("FREQ", "INTERVAL", "BYDAY", "COUNT", "UNTIL");

    /** Throws {@link IllegalArgumentException} that says what is wrong. */
    static Recurrence of(String rule) {
        Map<String, String> parts = new HashMap<>();
        for (String part : rule.split(";", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            if (equals < 0 || !PARTS.contains(name) || parts.put(name, part.substring(equals + 1)) != null) {
                throw new IllegalArgumentException(
                        "must be of FREQ, INTERVAL, BYDAY, and COUNT or UNTIL, each once, like FREQ=WEEKLY;BYDAY=MO,TH;COUNT=10");
            }
        }
        Frequency frequency = frequency(parts.get("FREQ"));
        if (parts.containsKey("BYDAY") && frequency != Frequency.WEEKLY) {
            throw new IllegalArgumentException("BYDAY needs FREQ=WEEKLY");
        }
        if (parts.containsKey("COUNT") && parts.containsKey("UNTIL")) {
            throw new IllegalArgumentException("COUNT and UNTIL exclude each other");
        }
        return new Recurrence(
                frequency,
                number("INTERVAL", parts.getOrDefault("INTERVAL", "1"), LONGEST_INTERVAL),
                days(parts.get("BYDAY")),
                parts.containsKey("COUNT") ? number("COUNT", parts.get("COUNT"), MOST) : null,
                parts.containsKey("UNTIL") ? day(parts.get("UNTIL")) : null);
    }

    /** The next day and the rule of the occurrences from then on; empty after the last. */
    Optional<Occurrence> after(LocalDate day) {
        if (count != null && count <= 1) {
            return Optional.empty();
        }
        Integer left = count == null ? null : count - 1;
        return next(day)
                .filter(following -> until == null || !following.isAfter(until))
                .map(following -> new Occurrence(following, new Recurrence(frequency, interval, days, left, until)));
    }

    /** @param rule of this occurrence and those after it */
    record Occurrence(LocalDate day, Recurrence rule) {}

    String text() {
        return Stream.of(
                        "FREQ=" + frequency,
                        interval == 1 ? "" : "INTERVAL=" + interval,
                        days.isEmpty()
                                ? ""
                                : "BYDAY="
                                        + days.stream()
                                                .map(day -> DAYS.get(day.ordinal()))
                                                .collect(Collectors.joining(",")),
                        count == null ? "" : "COUNT=" + count,
                        until == null ? "" : "UNTIL=" + until.format(DateTimeFormatter.BASIC_ISO_DATE))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(";"));
    }

    private Optional<LocalDate> next(LocalDate day) {
        return switch (frequency) {
            case DAILY -> Optional.of(day.plusDays(interval));
            case WEEKLY -> Optional.of(nextOfWeek(day));
            case MONTHLY ->
                Stream.iterate(1, n -> n + 1)
                        .limit(MONTHS_LOOKED_AT)
                        .map(n -> day.plusMonths((long) n * interval))
                        .filter(following -> following.getDayOfMonth() == day.getDayOfMonth())
                        .findFirst();
        };
    }

    /** Weeks begin on Monday, as the RFC has it where a rule does not say. */
    private LocalDate nextOfWeek(LocalDate day) {
        if (days.isEmpty()) {
            return day.plusWeeks(interval);
        }
        LocalDate monday = day.with(DayOfWeek.MONDAY);
        return days.stream()
                .map(each -> monday.with(each))
                .filter(each -> each.isAfter(day))
                .findFirst()
                .orElseGet(() -> monday.plusWeeks(interval).with(days.iterator().next()));
    }

    private static Frequency frequency(String text) {
        try {
            return Frequency.valueOf(String.valueOf(text));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("FREQ must be DAILY, WEEKLY or MONTHLY", unknown);
        }
    }

    /** Throws {@link IllegalArgumentException} that says what is wrong; null is none. */
    static Set<DayOfWeek> days(String list) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        if (list != null) {
            for (String day : Arrays.asList(list.split(",", -1))) {
                int number = DAYS.indexOf(day);
                if (number < 0) {
                    throw new IllegalArgumentException("days must be of MO, TU, WE, TH, FR, SA, SU");
                }
                days.add(DayOfWeek.of(number + 1));
            }
        }
        return days;
    }

    private static int number(String part, String text, int most) {
        if (!text.matches("[1-9][0-9]{0,3}") || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException(part + " must be a number from 1 to " + most);
        }
        return Integer.parseInt(text);
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE);
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException("UNTIL must be a day as YYYYMMDD", wrong);
        }
    }
}
