package io.siaran.sequence.progress;

import io.siaran.kafka.Outbox;
import io.siaran.kafka.OutboxRecord;
import io.siaran.model.DeviceId;
import io.siaran.model.Topic;
import io.siaran.model.Withdraw;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * What follows where a message that had an outcome is retried: its step is under way again, and the one after it waits. Where
 * the next step may be out already, or the contact has left, the message is withdrawn instead: it would come too late.
 * The caller holds the locks of the enrolments, and notes the news afterwards.
 */
@ApplicationScoped
class RestartSteps {

    private static final String TAKE_BACK = Sql.load(RestartSteps.class, "take-back-steps.sql");
    private static final String RESTART = Sql.load(RestartSteps.class, "restart-steps.sql");

    private final Outbox outbox;

    RestartSteps(Outbox outbox) {
        this.outbox = outbox;
    }

    /** The same news, of which those of steps that are under way again are undecided. */
    List<StatusUpdate> restart(Tx tx, List<StatusUpdate> news) {
        List<StatusUpdate> retried =
                news.stream().filter(StatusUpdate::restarts).toList();
        if (retried.isEmpty()) {
            return news;
        }
        Set<UUID> takenBack = takeBackLater(tx, retried);
        Set<UUID> restarted = new HashSet<>();
        List<OutboxRecord> withdrawals = new ArrayList<>();
        for (StatusUpdate update : retried) {
            StatusUpdate.Known known = update.known();
            boolean isNext = known.later() == null || takenBack.contains(known.later());
            if (known.walkIsOpen() && isNext) {
                restarted.add(update.contact());
            } else if (update.mayGoOut() && (!known.walkIsOver() || known.later() != null)) {
                withdrawals.add(withdrawal(update));
            }
        }
        tx.run(RESTART, (Object) restarted.toArray(UUID[]::new));
        outbox.append(tx, withdrawals);
        return news.stream()
                .map(update -> restarted.contains(update.contact()) ? update.restarted() : update)
                .toList();
    }

    private static Set<UUID> takeBackLater(Tx tx, List<StatusUpdate> retried) {
        UUID[] later = retried.stream()
                .map(StatusUpdate::known)
                .filter(StatusUpdate.Known::walkIsOpen)
                .map(StatusUpdate.Known::later)
                .filter(Objects::nonNull)
                .toArray(UUID[]::new);
        Set<UUID> takenBack = new HashSet<>();
        for (Row row : tx.run(TAKE_BACK, (Object) later)) {
            takenBack.add(row.getUUID("id"));
        }
        return takenBack;
    }

    private static OutboxRecord withdrawal(StatusUpdate update) {
        DeviceId device = update.known().device();
        return new OutboxRecord(
                Topic.BROADCAST_MESSAGES,
                device.toString(),
                new Withdraw(update.status().messageId(), update.status().userId(), device));
    }
}
