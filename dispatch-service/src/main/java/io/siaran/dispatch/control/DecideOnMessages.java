package io.siaran.dispatch.control;

import io.siaran.dispatch.message.Decision;
import io.siaran.dispatch.message.QueuedMessage;
import io.siaran.dispatch.message.Ruling;
import io.siaran.dispatch.message.Ruling.Granted;
import io.siaran.dispatch.queue.MessageChanges;
import io.siaran.dispatch.queue.OpenMessages;
import io.siaran.dispatch.queue.OpenMessages.Locked;
import io.siaran.model.FailureReason;
import io.siaran.model.MessageId;
import io.siaran.model.UserId;
import io.siaran.sql.Columns;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Does to messages what an operator decided, as far as each allows it: lock, decide, write. */
@ApplicationScoped
class DecideOnMessages {

    private static final String REMEMBER = Sql.load(DecideOnMessages.class, "remember.sql");

    private final OpenMessages messages;
    private final MessageChanges changes;
    private final MessageChanges.Lifetimes lifetimes;

    DecideOnMessages(OpenMessages messages, MessageChanges changes, ControlConfig config) {
        this.messages = messages;
        this.changes = changes;
        this.lifetimes = config.lifetimes();
    }

    /** The messages are of this user. Writes what is granted, with the fact that this user decided it. */
    Map<MessageId, Ruling> decide(Tx tx, UserId by, Decision decision, Collection<MessageId> ids) {
        Locked locked = messages.lock(tx, ids);
        Map<MessageId, Ruling> rulings = rulings(tx, decision, locked);
        List<Granted> granted = rulings.values().stream()
                .filter(Granted.class::isInstance)
                .map(Granted.class::cast)
                .toList();
        changes.write(tx, granted.stream().map(Granted::change).toList(), lifetimes);
        remember(tx, by, decision, locked, granted);
        return rulings;
    }

    private Map<MessageId, Ruling> rulings(Tx tx, Decision decision, Locked locked) {
        Map<MessageId, FailureReason> obstacles = decision instanceof Decision.Retry
                ? changes.unsendable(tx, locked.messages().keySet())
                : Map.of();
        Map<MessageId, Ruling> rulings = new LinkedHashMap<>();
        for (QueuedMessage message : locked.messages().values()) {
            Ruling ruling = decision.on(message, locked.now());
            FailureReason obstacle = obstacles.get(message.id());
            boolean mayNotBeSent = ruling instanceof Granted && obstacle != null;
            rulings.put(
                    message.id(),
                    mayNotBeSent
                            ? new Ruling.Refused(obstacle.wire(), "it may not be sent any more: " + obstacle.wire())
                            : ruling);
        }
        return rulings;
    }

    private static void remember(Tx tx, UserId by, Decision decision, Locked locked, List<Granted> granted) {
        if (granted.isEmpty()) {
            return;
        }
        var columns = new Columns<>(granted);
        tx.run(
                REMEMBER,
                columns.uuids(g -> g.change().id().value()),
                columns.integers(g -> locked.messages().get(g.change().id()).tryNo()),
                fact(decision),
                decision instanceof Decision.Resolve resolve ? resolve.outcome().wire() : null,
                by.value(),
                locked.now().atOffset(ZoneOffset.UTC));
    }

    private static String fact(Decision decision) {
        return switch (decision) {
            case Decision.Cancel cancel -> "cancel_asked";
            case Decision.Retry retry -> "retried";
            case Decision.Resolve resolve -> "resolved";
        };
    }
}
