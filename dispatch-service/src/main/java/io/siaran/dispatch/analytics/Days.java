package io.siaran.dispatch.analytics;

import io.siaran.rest.Refusal;
import java.time.LocalDate;

/**
 * The days that a report is about.
 *
 * @param from the first
 * @param to the first that it is not about any more
 */
record Days(LocalDate from, LocalDate to) {

    private static final int USUALLY = 30;
    private static final int MOST = 800;
    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(9999, 12, 31);

    /**
     * As they were asked for, with both ends.
     *
     * @param from null: 30 days before the end
     * @param to null: today is the last
     * @param today as far as it is anywhere
     * @throws Refusal (a 400) where the end is not after the beginning, or too long after it
     */
    static Days within(LocalDate from, LocalDate to, LocalDate today) {
        LocalDate end = to == null ? today.plusDays(1) : to;
        requireYear("to", end);
        LocalDate begin = from == null ? end.minusDays(USUALLY) : from;
        requireYear("from", begin);
        if (!end.isAfter(begin)) {
            throw Refusal.invalid("to", "must be after from");
        }
        if (end.isAfter(begin.plusDays(MOST))) {
            throw Refusal.invalid("from", "must be at most " + MOST + " days before to");
        }
        return new Days(begin, end);
    }

    /** Of the months that all days are of; where there are none, no day at the end. */
    Days wholeMonths() {
        LocalDate first = from.getDayOfMonth() == 1 ? from : from.plusMonths(1).withDayOfMonth(1);
        LocalDate last = to.withDayOfMonth(1);
        return first.isBefore(last) ? new Days(first, last) : new Days(to, to);
    }

    private static void requireYear(String field, LocalDate day) {
        if (day.isBefore(EARLIEST) || day.isAfter(LATEST)) {
            throw Refusal.invalid(field, "must be between " + EARLIEST + " and " + LATEST);
        }
    }
}
