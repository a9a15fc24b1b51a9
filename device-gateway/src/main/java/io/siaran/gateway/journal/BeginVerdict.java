package io.siaran.gateway.journal;

import io.siaran.gateway.breaker.Breaker;
import io.siaran.model.DeferReason;
import io.siaran.model.ReturnReason;
import io.siaran.model.WireEnum;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/** Whether a try may begin now, as the database decided it. */
public sealed interface BeginVerdict {

    /** The database was asked with something old or missing: the caller gets that, and asks again. */
    sealed interface AskAgain extends BeginVerdict {}

    /** The last word on this attempt. */
    sealed interface Last extends BeginVerdict {}

    /**
     * Its journal row is committed: the platform must be called now, or the row be settled.
     *
     * @param askedAt by {@link System#nanoTime()}, before the commit
     * @param breaker of its device, as the calls before it left it
     */
    record Begun(long askedAt, Breaker breaker) implements Last {}

    /** The pause of its device is not over. */
    record Wait(Duration time) implements Last {}

    /** It may not begin any more, or not on this device. */
    record GiveBack(ReturnReason reason) implements Last {}

    /** Its person said stop, or may have, and campaign-service has not said yet what that means. */
    record AwaitsWord() implements Last {}

    /** The device, or its user's rules, changed since its text was made. */
    record DeviceChanged() implements AskAgain {}

    /** It would begin at an instant that the frame is not about: the calendar has to say more. */
    record OutsideFrame(Instant at) implements AskAgain {}

    /** The device has sent as much as it may on that day, by whichever cap. */
    record FullDay(LocalDate day) implements Last {}

    /** The device has written to as many people as it may on that day whom its number never wrote to. */
    record FullOfFirstContacts(LocalDate day) implements Last {}

    /** Its counters, or a shared rate, allow nothing before that instant; the calendar may allow less. */
    record NotBefore(Instant free, DeferReason reason) implements Last {}

    /** The platform is in trouble, or asked to be left alone: the device is silent until then, whatever it has to say. */
    record Held(Instant until, DeferReason reason) implements Last {}

    /** This try, or another one that may have gone out, is in the journal already. */
    record Known() implements Last {}

    /** A row is missing: the device has never sent, or its shared rate was never used. */
    record NoPacingRow() implements AskAgain {}

    /**
     * What stood in the way, by rank. A try that has ended is published again even where it could not begin now. What gives
     * a try back for good comes before what defers it, and a deferral does not wait for the end of the pause.
     */
    static BeginVerdict of(VerdictRow row, long askedAt) {
        if (row.begun()) {
            return new Begun(askedAt, row.breaker());
        }
        if (row.known()) {
            return new Known();
        }
        if (row.status() != null && !row.own()) {
            return new GiveBack(ReturnReason.WRONG_OWNER);
        }
        if (!"online".equals(row.status()) && row.restrictedUntil() == null) {
            return new GiveBack(ReturnReason.DEVICE_NOT_ONLINE);
        }
        if (row.suppressed()) {
            return new GiveBack(ReturnReason.SUPPRESSED);
        }
        if (row.awaitsWord()) {
            return new AwaitsWord();
        }
        if (row.restrictedUntil() != null) {
            return new NotBefore(row.restrictedUntil(), DeferReason.RESTRICTED);
        }
        if (row.heldUntil() != null) {
            return new Held(row.heldUntil(), WireEnum.read(DeferReason.class, row.holdReason()));
        }
        return row.current() ? ofRules(row) : new DeviceChanged();
    }

    private static BeginVerdict ofRules(VerdictRow row) {
        if (row.outside()) {
            return new OutsideFrame(row.at());
        }
        if (row.fullDay() != null) {
            return new FullDay(row.fullDay());
        }
        if (row.fullOfFirsts() != null) {
            return new FullOfFirstContacts(row.fullOfFirsts());
        }
        if (row.hourFreeAt() != null) {
            return new NotBefore(row.hourFreeAt(), DeferReason.HOURLY_CAP);
        }
        if (row.tooLate()) {
            return new GiveBack(ReturnReason.TOO_LATE);
        }
        if (row.waitMillis() > 0) {
            return new Wait(Duration.ofMillis(row.waitMillis()));
        }
        if (row.newRate()) {
            return new NoPacingRow();
        }
        if (row.slowRate() != null) {
            return new NotBefore(
                    row.rateFreeAt(), row.slowRate().equals("fleet") ? DeferReason.FLEET_RATE : DeferReason.USER_RATE);
        }
        // Nothing stood in the way but the index: another instance began it a moment ago.
        return new Known();
    }

    /**
     * The one row that {@code begin-tries.sql} answers.
     *
     * @param status of the device, null when there is none
     * @param awaitsWord its person said stop, or may have, and whoever decides has not decided since
     * @param at the instant that everything was judged for: now, or the end of the pause
     * @param fullDay the day on which its cap is used up, or null
     * @param fullOfFirsts the day on which no stranger may be written to any more, where this one is to a stranger, or null
     * @param restrictedUntil this one is cold and its device restricted: not before, or null
     * @param hourFreeAt when the hour behind it has room again, or null when it has
     * @param tooLate even when it begins as early as it may, that is after {@code not_after}
     * @param heldUntil how long the device is held, or null where it is not
     * @param holdReason why, as its column has it
     * @param breaker of the device
     * @param slowRate the scope of the shared rate that refused, or null
     */
    record VerdictRow(
            boolean begun,
            boolean known,
            String status,
            boolean own,
            boolean current,
            boolean suppressed,
            boolean awaitsWord,
            boolean outside,
            Instant at,
            LocalDate fullDay,
            LocalDate fullOfFirsts,
            Instant restrictedUntil,
            Instant hourFreeAt,
            boolean tooLate,
            long waitMillis,
            Instant heldUntil,
            String holdReason,
            Breaker breaker,
            boolean newRate,
            String slowRate,
            Instant rateFreeAt) {}
}
