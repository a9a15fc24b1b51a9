package io.siaran.gateway.lane;

import io.siaran.gateway.provider.SendOutcome;
import io.siaran.model.DeferReason;
import io.siaran.model.ReturnReason;
import java.time.Clock;
import java.time.Duration;

/**
 * How a call ended, as it stands in the journal and is told to dispatch. Pure.
 *
 * @param again not again within, or null
 */
record Settlement(String state, String reason, String detail, Duration again, String providerMessageId) {

    /** Of a turn whose beginning was not answered: the platform was not called. */
    static final Settlement TAKEN_BACK =
            new Settlement("returned", ReturnReason.NOT_SENT.wire(), "the database was away", null, null);

    /** What a platform says may hold the one character that PostgreSQL cannot store: it would never be settled. */
    Settlement {
        detail = storable(detail);
        providerMessageId = storable(providerMessageId);
    }

    static Settlement of(SendOutcome outcome, Clock clock) {
        return switch (outcome) {
            case SendOutcome.Accepted(String id) -> new Settlement("accepted", null, null, null, id);
            case SendOutcome.RateLimited(Duration retryAfter) ->
                new Settlement("deferred", DeferReason.RATE_LIMITED.wire(), null, retryAfter, null);
            case SendOutcome.NotSent(String why) ->
                new Settlement("returned", ReturnReason.NOT_SENT.wire(), why, null, null);
            case SendOutcome.DeviceRejected refused ->
                new Settlement(
                        "returned", ReturnReason.DEVICE_REFUSED.wire(), refused.reason(), until(refused, clock), null);
            case SendOutcome.ContactRejected(String why) -> new Settlement("rejected", null, why, null, null);
            case SendOutcome.ProviderFailed(String why) -> new Settlement("failed", null, why, null, null);
            case SendOutcome.Unknown(String why) -> new Settlement("unknown", null, why, null, null);
        };
    }

    private static String storable(String said) {
        return said == null ? null : said.replace("\0", "");
    }

    private static Duration until(SendOutcome.DeviceRejected refused, Clock clock) {
        return refused.until() == null ? null : Duration.between(clock.instant(), refused.until());
    }
}
