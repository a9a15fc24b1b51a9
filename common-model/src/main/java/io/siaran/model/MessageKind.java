package io.siaran.model;

/** Why a message exists; it decides the order on its device. */
public enum MessageKind implements WireEnum {
    /** One lead's copy of a campaign's run. */
    CAMPAIGN,
    /** One lead's copy of a sequence's step. */
    STEP,
    /** A single message asked for by REST. */
    DIRECT,
    /** A trial of a campaign, sent to one phone; counts nowhere. */
    TEST;

    /** Lower goes first: a person waits for an answer, a timeline for its step, a campaign can wait. */
    public int priority() {
        return switch (this) {
            case DIRECT, TEST -> 0;
            case STEP -> 1;
            case CAMPAIGN -> 2;
        };
    }
}
