package io.siaran.rest;

/** A body that was refused while it was read, before any resource was asked. */
final class UnreadableBody extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    UnreadableBody(Refusal refusal) {
        super(refusal.getMessage(), refusal, false, false);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
