package io.siaran.dispatch.webhook;

/**
 * What is written of a claim.
 *
 * @param attempt null where nothing waited
 * @param status pending: again after the pause
 * @param pauseMillis until the lane is due again, if anything waits in it
 */
record Result(Claim claim, Attempt attempt, DeliveryStatus status, long pauseMillis) {

    /** Nothing waited in the lane. */
    static Result ofNothing(Claim claim) {
        return new Result(claim, null, DeliveryStatus.DELIVERED, 0);
    }

    Long position() {
        return claim.event() == null ? null : claim.event().sequence();
    }

    boolean arrived() {
        return attempt != null && attempt.arrived();
    }

    /** Whether it speaks against the receiver. */
    boolean failed() {
        return attempt != null && attempt.failed();
    }
}
