package io.siaran.gateway.journal;

import io.siaran.gateway.provider.SendOutcome;
import io.siaran.model.DeferReason;
import io.siaran.model.ReturnReason;
import java.time.Clock;
import java.time.Duration;

/**
 * How a call ended, as it stands in the journal and is published to dispatch. Pure.
 *
 * @param again not again within, or null
 */
public record CallOutcome(String state, String reason, String detail, Duration again, String providerMessageId) {

    /** Of a turn whose beginning was not answered: the platform was not called. */
    public static final CallOutcome TAKEN_BACK =
            new CallOutcome("returned", ReturnReason.NOT_SENT.wire(), "the database was away", null, null);

    /** What a platform says may hold the one character that PostgreSQL cannot store: it would never be settled. */
    public CallOutcome {
        detail = storable(detail);
        providerMessageId = storable(providerMessageId);
    }

    public static CallOutcome of(SendOutcome outcome, Clock clock) {
        return switch (outcome) {
            case SendOutcome.Accepted(String id) -> new CallOutcome("accepted", null, null, null, id);
            case SendOutcome.RateLimited(Duration retryAfter) ->
                new CallOutcome("deferred", DeferReason.RATE_LIMITED.wire(), null, retryAfter, null);
            case SendOutcome.NotSent(String why) ->
                new CallOutcome("returned", ReturnReason.NOT_SENT.wire(), why, null, null);
            case SendOutcome.DeviceRefused refused ->
                new CallOutcome(
                        "returned", ReturnReason.DEVICE_REFUSED.wire(), refused.reason(), until(refused, clock), null);
            case SendOutcome.ContactRejected(String why) -> new CallOutcome("rejected", null, why, null, null);
            case SendOutcome.MessageRejected(String why) -> new CallOutcome("rejected", null, why, null, null);
            case SendOutcome.ProviderFailed(String why) -> new CallOutcome("failed", null, why, null, null);
            case SendOutcome.Unknown(String why) -> new CallOutcome("unknown", null, why, null, null);
        };
    }

    private static String storable(String text) {
        return text == null ? null : text.replace("\0", "");
    }

    private static Duration until(SendOutcome.DeviceRefused refused, Clock clock) {
        return refused.until() == null ? null : Duration.between(clock.instant(), refused.until());
    }
}
