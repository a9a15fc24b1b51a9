package io.siaran.gateway.journal;

import io.siaran.gateway.breaker.Judgement;
import io.siaran.gateway.breaker.Judgement.Hold;
import io.siaran.gateway.device.RefusalCause;
import io.siaran.gateway.provider.SendOutcome;
import io.siaran.model.DeferReason;
import io.siaran.model.FailReason;
import io.siaran.model.RejectReason;
import io.siaran.model.ReturnReason;
import java.time.Duration;

/**
 * How a call ended, as it stands in the journal and is published to dispatch. Pure.
 *
 * @param again not again within, or null
 * @param judgement what it makes of the device's breaker
 * @param called whether the platform was called; else it counts for no failure of the device
 */
public record CallOutcome(
        String state,
        String reason,
        String detail,
        Duration again,
        String providerMessageId,
        Judgement judgement,
        boolean called) {

    /** Of a turn whose beginning was not answered: the platform was not called. */
    public static final CallOutcome TAKEN_BACK = new CallOutcome(
            "returned", ReturnReason.NOT_SENT.wire(), "the database was away", null, null, Judgement.NONE, false);

    /** What a platform says may hold the one character that PostgreSQL cannot store: it would never be settled. */
    public CallOutcome {
        detail = storable(detail);
        providerMessageId = storable(providerMessageId);
    }

    /** Of a call that says nothing of the device. */
    public CallOutcome(String state, String reason, String detail, Duration again, String providerMessageId) {
        this(state, reason, detail, again, providerMessageId, Judgement.NONE, true);
    }

    /** @param refusedFor how long the device is held if the platform refused it, else null */
    public static CallOutcome of(SendOutcome outcome, Judgement judgement, Duration refusedFor) {
        Duration held = judgement.hold().map(Hold::time).orElse(null);
        CallOutcome plain = switch (outcome) {
            case SendOutcome.Accepted(String id) -> new CallOutcome("accepted", null, null, null, id);
            case SendOutcome.RateLimited(Duration retryAfter) ->
                new CallOutcome(
                        "deferred", DeferReason.RATE_LIMITED.wire(), null, held == null ? retryAfter : held, null);
            case SendOutcome.NotSent(String why) ->
                judgement.blamesPlatform()
                        ? trouble(why, held)
                        : new CallOutcome("returned", ReturnReason.NOT_SENT.wire(), why, null, null);
            // Of strangers alone: the device says answers all the same, so its queue is not to be held for it.
            case SendOutcome.DeviceRefused refused
            when refused.cause() == RefusalCause.TIMELOCK ->
                new CallOutcome("deferred", DeferReason.RESTRICTED.wire(), refused.reason(), refusedFor, null);
            case SendOutcome.DeviceRefused refused ->
                new CallOutcome("returned", ReturnReason.DEVICE_REFUSED.wire(), refused.reason(), refusedFor, null);
            case SendOutcome.ContactRejected(String why) -> rejected(RejectReason.CONTACT_REJECTED, why);
            case SendOutcome.NotOnWhatsApp(String why) -> rejected(RejectReason.NOT_ON_WHATSAPP, why);
            case SendOutcome.MessageRejected(String why) -> rejected(RejectReason.MESSAGE_REJECTED, why);
            case SendOutcome.ProviderFailed(String why) ->
                judgement.blamesPlatform() ? trouble(why, held) : failed(FailReason.PROVIDER_FAILED, why);
            case SendOutcome.MediaUnavailable(String why) ->
                failed(FailReason.MEDIA_UNAVAILABLE, "the platform could not get the image: " + why);
            case SendOutcome.Uncalled(SendOutcome end) -> of(end, judgement, refusedFor);
            case SendOutcome.Unknown(String why) -> new CallOutcome("unknown", null, why, null, null);
        };
        return new CallOutcome(
                plain.state,
                plain.reason,
                plain.detail,
                plain.again,
                plain.providerMessageId,
                judgement,
                !(outcome instanceof SendOutcome.Uncalled));
    }

    private static CallOutcome rejected(RejectReason reason, String why) {
        return new CallOutcome("rejected", reason.wire(), why, null, null);
    }

    private static CallOutcome failed(FailReason reason, String why) {
        return new CallOutcome("failed", reason.wire(), why, null, null);
    }

    /** Provably not sent, and not the message's fault: it burns no attempt. */
    private static CallOutcome trouble(String why, Duration held) {
        return new CallOutcome("returned", ReturnReason.PLATFORM_TROUBLE.wire(), why, held, null);
    }

    private static String storable(String text) {
        return text == null ? null : text.replace("\0", "");
    }
}
