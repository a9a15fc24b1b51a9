package io.siaran.dispatch.control;

import io.siaran.dispatch.message.Decision;
import io.siaran.model.Deed;
import io.siaran.model.MessageState;
import io.siaran.model.WireEnum;
import io.siaran.rest.Refusal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What can be asked for all messages that match a filter. */
enum Action implements WireEnum {
    /** Whatever has not been sent. */
    CANCEL(EnumSet.of(MessageState.PENDING, MessageState.PROCESSING), EnumSet.noneOf(MessageState.class)),
    /**
     * What failed; what is unknown or was cancelled by an operator only when the filter names that status, since the one may
     * have been sent and the other was not wanted.
     */
    RETRY(EnumSet.of(MessageState.FAILED), EnumSet.of(MessageState.UNKNOWN, MessageState.CANCELLED)),
    /** What nobody knows. */
    RESOLVE(EnumSet.of(MessageState.UNKNOWN), EnumSet.noneOf(MessageState.class));

    private final Set<MessageState> usually;
    private final Set<MessageState> whenNamed;

    Action(Set<MessageState> usually, Set<MessageState> whenNamed) {
        this.usually = usually;
        this.whenNamed = whenNamed;
    }

    /** @param named the statuses that the filter names; none: the usual ones */
    Set<MessageState> statuses(List<MessageState> named) {
        for (MessageState status : named) {
            if (!usually.contains(status) && !whenNamed.contains(status)) {
                throw Refusal.invalid("status", wire() + " does nothing to messages that are " + status.wire());
            }
        }
        return named.isEmpty() ? usually : EnumSet.copyOf(named);
    }

    /** @param outcome what became of unknown messages; for {@code RESOLVE} alone */
    Decision decision(MessageState outcome) {
        return switch (this) {
            case CANCEL -> new Decision.Cancel();
            case RETRY -> new Decision.Retry();
            case RESOLVE -> resolution(outcome);
        };
    }

    private static Decision resolution(MessageState outcome) {
        if (outcome != MessageState.SENT && outcome != MessageState.FAILED) {
            throw Refusal.invalid("outcome", "must be sent or failed");
        }
        return new Decision.Resolve(outcome);
    }

    /** As it is written down. */
    static Deed deed(Decision decision) {
        return switch (decision) {
            case Decision.Cancel _ -> Deed.CANCELLED;
            case Decision.Retry _ -> Deed.RETRIED;
            case Decision.Resolve _ -> Deed.RESOLVED;
        };
    }
}
