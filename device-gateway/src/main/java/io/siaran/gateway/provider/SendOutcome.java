package io.siaran.gateway.provider;

import io.siaran.gateway.device.RefusalCause;
import java.time.Duration;
import java.time.Instant;

/** How one call of a platform ended: the closed vocabulary that every adapter answers in. */
public sealed interface SendOutcome {

    /** The platform took it; its id may be missing. */
    record Accepted(String providerMessageId) implements SendOutcome {}

    /** The platform throttles this device; nothing was sent. */
    record RateLimited(Duration retryAfter) implements SendOutcome {}

    /** It provably never reached the platform's work: the same may be sent again without a double. */
    record NotSent(String reason) implements SendOutcome {}

    /** This person cannot be written to. */
    record ContactRejected(String reason) implements SendOutcome {}

    /** Nobody on WhatsApp has this number. */
    record NotOnWhatsApp(String reason) implements SendOutcome {}

    /** The platform refuses what is to be sent, whoever sends it to whomever: another try would end the same. */
    record MessageRejected(String reason) implements SendOutcome {}

    /**
     * The device may not send: logged out, expired, banned. Nothing was sent.
     *
     * @param until when the platform lets it send again, or null when it does not say
     */
    record DeviceRefused(RefusalCause cause, String reason, Instant until) implements SendOutcome {}

    /** The platform answered that it did not send. */
    record ProviderFailed(String detail) implements SendOutcome {}

    /** The platform answered that it did not send, since it could not get the image from its address. */
    record MediaUnavailable(String detail) implements SendOutcome {}

    /**
     * So it ended before its platform was called: by a bound of ours, or by an address that a tenant wrote. It says nothing of the
     * platform, for or against.
     */
    record Uncalled(SendOutcome end) implements SendOutcome {}

    /** The request was written and no answer can be trusted: it may have gone out. */
    record Unknown(String detail) implements SendOutcome {}
}
