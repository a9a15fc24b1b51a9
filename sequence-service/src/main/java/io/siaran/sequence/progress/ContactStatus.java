package io.siaran.sequence.progress;

import io.siaran.model.MessageState;
import io.siaran.model.WireEnum;
import java.util.Optional;

/** Where one contact is at one step. */
enum ContactStatus implements WireEnum {
    /** A step before it is under way. */
    PENDING,
    /** Its time is fixed; it waits for it, is queued, or is being sent. */
    ACTIVE,
    SENT,
    FAILED,
    /** The contact left before it was sent. */
    CANCELLED,
    /** It may have been sent. */
    UNKNOWN;

    /** Empty while the message has no outcome: the row stays as it is. */
    static Optional<ContactStatus> of(MessageState message) {
        return switch (message) {
            case PENDING, PROCESSING -> Optional.empty();
            case SENT -> Optional.of(SENT);
            case FAILED -> Optional.of(FAILED);
            case CANCELLED -> Optional.of(CANCELLED);
            case UNKNOWN -> Optional.of(UNKNOWN);
        };
    }
}
