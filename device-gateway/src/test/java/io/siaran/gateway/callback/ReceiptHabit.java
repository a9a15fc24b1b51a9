package io.siaran.gateway.callback;

/**
 * What is known of one device's receipts, by the rule of {@code watch-receipts.sql} and {@code match-receipts.sql} on a clock that
 * tests move: a week of a fleet takes seconds. {@link SilentWeekTest} holds it against the statement. Times in milliseconds.
 */
final class ReceiptHabit {

    private static final int RECEIPTS_KNOWN = 20;
    private static final long SELDOM = 10_000;

    int receipts = 1;
    double usual;
    long lastAt;
    long answered;
    long newer;
    long newerAt;
    long older;
    Long silentSince;

    /** Its first receipt came, so long after its message was accepted. */
    ReceiptHabit(long now, long accepted, long took) {
        usual = Math.min(took, 3_600_000);
        lastAt = now;
        answered = accepted;
        newer = accepted;
        newerAt = now;
        older = accepted;
    }

    void receipt(long now, long accepted, long took) {
        if (silentSince == null && lastAt >= now - SELDOM) {
            return;
        }
        receipts = Math.min(receipts + 1, 1_000_000);
        usual += 0.1 * (Math.min(took, 3_600_000) - usual);
        lastAt = now;
        answered = accepted;
        silentSince = null;
    }

    /** Answers whether this look found that they stopped. */
    boolean look(long now, long accepted, long within, int missing) {
        double time = Math.max(usual, within);
        boolean isLongAgo = newerAt <= now - time;
        boolean isOver = isLongAgo && accepted > older;
        long seen = isLongAgo ? newer : older;
        boolean stopped =
                silentSince == null && receipts >= RECEIPTS_KNOWN && seen - answered >= missing && lastAt <= now - time;
        if (isOver || stopped) {
            older = seen;
        }
        if (isOver) {
            newer = accepted;
            newerAt = now;
        }
        if (stopped) {
            silentSince = now;
        }
        return stopped;
    }
}
