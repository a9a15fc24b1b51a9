package io.siaran.sequence.progress;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siaran.kafka.Writes;
import io.siaran.model.ContactId;
import io.siaran.model.MessageId;
import io.siaran.sequence.batch.Batches;
import io.siaran.sequence.batch.FaultyRow;
import io.siaran.sequence.batch.SetAside;
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
 * leaves by the review of the lead, after a grace period. Users take turns, and a step that fails by its data is set aside: nobody waits
 * for somebody else's.
 */
@ApplicationScoped
class SendStrandedSteps {

    private static final String FIND = Sql.load(SendStrandedSteps.class, "find-stranded-steps.sql");
    private static final String SEND = Sql.load(SendStrandedSteps.class, "send-stranded-steps.sql");

    private final Writes writes;
    private final SetAside setAside;
    private final UnknownConfig config;
    private final Wakes wakes;
    private final Clock clock;

    SendStrandedSteps(Writes writes, SetAside setAside, UnknownConfig config, Wakes wakes, Clock clock) {
        this.writes = writes;
        this.setAside = setAside;
        this.config = config;
        this.wakes = wakes;
        this.clock = clock;
    }

    @Scheduled(every = "{siaran.sequence.unknown-interval}", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void run() {
        Batches.run(
                config.batchSize(),
                size -> writes.inTransaction(tx -> send(tx, size), wakes.firing()::ring),
                faulty -> setAside.contact("stranded", faulty));
    }

    private int send(Tx tx, int size) {
        Instant now = clock.instant();
        List<UUID> contacts = new ArrayList<>();
        List<UUID> messages = new ArrayList<>();
        for (Row row : tx.run(FIND, size)) {
            ContactId contact = new ContactId(row.getUUID("id"));
            contacts.add(contact.value());
            messages.add(MessageId.ofContact(now, contact).value());
        }
        if (!contacts.isEmpty()) {
            try {
                tx.run(SEND, contacts.toArray(UUID[]::new), messages.toArray(UUID[]::new));
            } catch (RuntimeException failure) {
                throw contacts.size() == 1 ? FaultyRow.of(contacts.getFirst(), failure) : failure;
            }
        }
        return contacts.size();
    }
}
