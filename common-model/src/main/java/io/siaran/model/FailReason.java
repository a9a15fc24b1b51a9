package io.siaran.model;

/** Why a try failed that may go better the next time. */
public enum FailReason implements WireEnum {
    /** The platform said that it did not send. */
    PROVIDER_FAILED(FailureReason.PROVIDER_FAILED),
    /** The platform could not get the image from its address. */
    MEDIA_UNAVAILABLE(FailureReason.MEDIA_UNAVAILABLE);

    private final FailureReason failure;

    FailReason(FailureReason failure) {
        this.failure = failure;
    }

    /** What a message fails with when its last try ended so. */
    public FailureReason failure() {
        return failure;
    }
}
