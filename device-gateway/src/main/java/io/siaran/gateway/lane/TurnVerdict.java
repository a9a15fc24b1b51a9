package io.siaran.gateway.lane;

import io.siaran.model.ReturnReason;
import java.time.Duration;

/** Whether a try may begin now, as the database decided it. */
sealed interface TurnVerdict {

    /**
     * Its journal row is committed: the platform must be called now, or the row be settled.
     *
     * @param askedAt by {@link System#nanoTime()}, before the commit
     */
    record Begun(long askedAt) implements TurnVerdict {}

    /** The device is still silent. */
    record Wait(Duration time) implements TurnVerdict {}

    /** It may not begin any more, or not on this device. */
    record GiveBack(ReturnReason reason) implements TurnVerdict {}

    /** The device was changed since its text was made. */
    record DeviceChanged() implements TurnVerdict {}

    /** This try, or another one that may have gone out, is in the journal already. */
    record Known() implements TurnVerdict {}

    /** The device has never spoken: it has no pacing row yet. */
    record FirstWords() implements TurnVerdict {}

    /** What stood in the way, by rank: a try that ended is told again even where it could not begin now. */
    static TurnVerdict of(TurnRow row, long askedAt) {
        if (row.begun()) {
            return new Begun(askedAt);
        }
        if (row.known()) {
            return new Known();
        }
        if (row.status() != null && !row.own()) {
            return new GiveBack(ReturnReason.WRONG_OWNER);
        }
        if (!"online".equals(row.status())) {
            return new GiveBack(ReturnReason.DEVICE_NOT_ONLINE);
        }
        if (row.suppressed()) {
            return new GiveBack(ReturnReason.SUPPRESSED);
        }
        if (row.tooLate()) {
            return new GiveBack(ReturnReason.TOO_LATE);
        }
        if (!row.current()) {
            return new DeviceChanged();
        }
        // Nothing stood in the way but the index: another instance began it a moment ago.
        return row.waitMillis() > 0 ? new Wait(Duration.ofMillis(row.waitMillis())) : new Known();
    }

    /**
     * The one row that {@code begin-turn.sql} answers.
     *
     * @param status of the device, null when there is none
     * @param tooLate even when it begins as early as it may, that is after {@code not_after}
     */
    record TurnRow(
            boolean begun,
            boolean known,
            String status,
            boolean own,
            boolean current,
            boolean suppressed,
            boolean tooLate,
            long waitMillis) {}
}
