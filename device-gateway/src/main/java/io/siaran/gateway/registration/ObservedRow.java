package io.siaran.gateway.registration;

import io.siaran.gateway.device.Health;
import io.siaran.gateway.device.RefusalCause;
import io.siaran.model.DeviceId;
import io.siaran.model.WireEnum;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * What an observation may change of a device's row.
 *
 * @param failedChecks checks in a row that said nothing of it
 * @param unreachableSince since when so many failed that its platform counts as one that cannot be asked, or null
 * @param lastSeen when its platform last said that it is connected, or null
 * @param notBefore when it may be asked next at the earliest, or null
 * @param askAfter when it is to be asked again, out of turn, counted from when it was asked last; or null
 * @param moved whether others have to hear of it
 */
record ObservedRow(
        DeviceId id,
        DeviceState state,
        int failedChecks,
        Instant unreachableSince,
        Instant lastSeen,
        Instant notBefore,
        Duration askAfter,
        boolean moved) {

    /** One failed check is none: the next one may succeed, and what sends well shall go on. */
    private static final int FAILED_CHECKS = 3;

    /** Whatever a platform tells, and however often: so long stands what it said when it was asked. */
    private static final Duration SOON = Duration.ofSeconds(5);

    static ObservedRow of(Row row) {
        return new ObservedRow(
                new DeviceId(row.getUUID("id")),
                new DeviceState(
                        WireEnum.read(DeviceCondition.class, row.getString("condition")),
                        instant(row, "status_since"),
                        row.getString("status_reason"),
                        instant(row, "held_until"),
                        cause(row.getString("refusal_cause"))),
                row.getInteger("failed_checks"),
                instant(row, "unreachable_since"),
                instant(row, "last_seen"),
                null,
                null,
                false);
    }

    /** Its platform is to be asked at once, whatever it said: it may have said it of what the device was before. */
    ObservedRow askedAtOnce() {
        return new ObservedRow(id, state, failedChecks, unreachableSince, lastSeen, null, Duration.ZERO, moved);
    }

    /** Its platform told something: it is asked whether that is so, but not more often than once in some seconds. */
    ObservedRow askedSoon() {
        return new ObservedRow(id, state, failedChecks, unreachableSince, lastSeen, null, SOON, moved);
    }

    Integer askAfterSeconds() {
        return askAfter == null ? null : Math.toIntExact(askAfter.toSeconds());
    }

    ObservedRow observed(Health health, Instant now) {
        DeviceState next = state.observed(health, now);
        return switch (health) {
            case Health.CannotBeAsked unasked ->
                new ObservedRow(
                        id,
                        next,
                        failedChecks + 1,
                        failedChecks + 1 == FAILED_CHECKS ? now : unreachableSince,
                        lastSeen,
                        now.plus(unasked.retryAfter()),
                        null,
                        !next.equals(state));
            case Health.Connected() -> answered(next, now);
            case Health.NotConnected _, Health.Refused _ -> answered(next, lastSeen);
        };
    }

    ObservedRow to(DeviceState next) {
        return new ObservedRow(id, next, failedChecks, unreachableSince, lastSeen, null, null, !next.equals(state));
    }

    private ObservedRow answered(DeviceState next, Instant seen) {
        return new ObservedRow(id, next, 0, null, seen, null, null, !next.equals(state));
    }

    private static RefusalCause cause(String wire) {
        return wire == null ? null : WireEnum.read(RefusalCause.class, wire);
    }

    private static Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
