package io.siaran.campaign.planning;

import io.siaran.model.QuietTime;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * When a device sends messages of a campaign: within the campaign's hours and outside of the device's quiet hours. Pure.
 *
 * @param campaign empty: at any time
 * @param quiet by the clock of {@code zone}
 * @param zone the device's, whose days its daily cap counts
 */
record OpenHours(Optional<SendHours> campaign, List<QuietTime> quiet, ZoneId zone) {

    /** The device's day that has this moment in it. */
    Day dayOf(Instant moment) {
        return new Day(moment.atZone(zone).toLocalDate());
    }

    /** From one moment to another, in which it sends. */
    record Stretch(Instant from, Instant until) {}

    /** A day of the device. */
    final class Day {

        private final LocalDate date;

        private Day(LocalDate date) {
            this.date = date;
        }

        Day next() {
            return new Day(date.plusDays(1));
        }

        Instant begin() {
            return date.atStartOfDay(zone).toInstant();
        }

        /** In order. Nothing begins or ends but at a boundary, so what holds at its start holds of a whole piece. */
        List<Stretch> stretches() {
            List<Instant> boundaries = new ArrayList<>(boundaries());
            List<Stretch> open = new ArrayList<>();
            for (int i = 0; i + 1 < boundaries.size(); i++) {
                if (isOpen(boundaries.get(i))) {
                    open.add(new Stretch(boundaries.get(i), boundaries.get(i + 1)));
                }
            }
            return open;
        }

        private TreeSet<Instant> boundaries() {
            Instant end = next().begin();
            TreeSet<Instant> boundaries = new TreeSet<>(List.of(begin(), end));
            for (QuietTime time : quiet) {
                boundaries.add(at(time.from()));
                boundaries.add(at(time.until()));
            }
            campaign.ifPresent(hours -> {
                for (Instant turn = hours.turnAfter(begin()); turn.isBefore(end); turn = hours.turnAfter(turn)) {
                    boundaries.add(turn);
                }
            });
            return new TreeSet<>(boundaries.subSet(begin(), true, end, true));
        }

        private Instant at(String time) {
            return date.atTime(LocalTime.parse(time)).atZone(zone).toInstant();
        }
    }

    private boolean isOpen(Instant moment) {
        LocalDateTime wall = moment.atZone(zone).toLocalDateTime();
        return campaign.map(hours -> hours.areNow(moment)).orElse(true)
                && quiet.stream().noneMatch(time -> covers(time, wall));
    }

    /** As the gateway reads them. */
    private static boolean covers(QuietTime quiet, LocalDateTime wall) {
        LocalTime time = wall.toLocalTime();
        LocalTime from = LocalTime.parse(quiet.from());
        LocalTime until = LocalTime.parse(quiet.until());
        boolean hasBegun = isOn(quiet, wall.getDayOfWeek()) && !time.isBefore(from);
        if (from.isBefore(until)) {
            return hasBegun && time.isBefore(until);
        }
        return hasBegun || (isOn(quiet, wall.getDayOfWeek().minus(1)) && time.isBefore(until));
    }

    private static boolean isOn(QuietTime quiet, DayOfWeek day) {
        return quiet.days().isEmpty() || quiet.days().contains(day.name().toLowerCase(Locale.ROOT));
    }
}
