package io.siaran.sequence.progress;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siaran.kafka.Writes;
import io.siaran.model.ContactId;
import io.siaran.model.MessageId;
import io.siaran.sequence.batch.Wakes;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Sends the steps whose device was deleted before they went out, once their lead is on another device. Whose lead stays
 * leaves by the review of the lead, after a grace period.
 */
@ApplicationScoped
class SendStrandedSteps {

    private static final String FIND = Sql.load(SendStrandedSteps.class, "find-stranded-steps.sql");
    private static final String SEND = Sql.load(SendStrandedSteps.class, "send-stranded-steps.sql");

    private final Writes writes;
    private final UnknownConfig config;
    private final Wakes wakes;
    private final Clock clock;

    SendStrandedSteps(Writes writes, UnknownConfig config, Wakes wakes, Clock clock) {
        this.writes = writes;
        this.config = config;
        this.wakes = wakes;
        this.clock = clock;
    }

    @Scheduled(every = "{siaran.sequence.unknown-interval}", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void run() {
        int sent;
        do {
            sent = writes.inTransaction(this::send, wakes.firing()::ring);
        } while (sent == config.batchSize());
    }

    private int send(Tx tx) {
        Instant now = clock.instant();
        List<UUID> contacts = new ArrayList<>();
        List<UUID> messages = new ArrayList<>();
        for (Row row : tx.run(FIND, config.batchSize())) {
            ContactId contact = new ContactId(row.getUUID("id"));
            contacts.add(contact.value());
            messages.add(MessageId.ofContact(now, contact).value());
        }
        if (!contacts.isEmpty()) {
            tx.run(SEND, contacts.toArray(UUID[]::new), messages.toArray(UUID[]::new));
        }
        return contacts.size();
    }
}
