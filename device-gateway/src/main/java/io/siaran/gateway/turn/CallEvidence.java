package io.siaran.gateway.turn;

import io.siaran.gateway.breaker.Evidence;
import io.siaran.gateway.provider.SendOutcome;

/** What a call's outcome says to the breaker of its device. Pure. */
final class CallEvidence {

    private CallEvidence() {}

    static Evidence of(SendOutcome outcome) {
        return switch (outcome) {
            case SendOutcome.Accepted _ -> new Evidence.Served();
            case SendOutcome.ContactRejected _, SendOutcome.NotOnWhatsApp _ -> new Evidence.ContactRefused();
            // An address that no platform can read is the message's fault, and holds nobody else.
            case SendOutcome.MessageRejected _, SendOutcome.MediaUnavailable _ -> new Evidence.MessageRefused();
            case SendOutcome.RateLimited limited -> new Evidence.Throttled(limited.retryAfter());
            case SendOutcome.DeviceRefused _ -> new Evidence.DeviceRefused();
            case SendOutcome.Uncalled _ -> new Evidence.None();
            case SendOutcome.NotSent _, SendOutcome.ProviderFailed _, SendOutcome.Unknown _ -> new Evidence.Trouble();
        };
    }
}
