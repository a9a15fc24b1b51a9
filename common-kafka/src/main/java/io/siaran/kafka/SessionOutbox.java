package io.siaran.kafka;

import io.smallrye.mutiny.Uni;
import org.hibernate.reactive.mutiny.Mutiny;

/** The outbox for callers that hold a Hibernate Reactive session: the append is part of the session's transaction. */
public final class SessionOutbox {

    private SessionOutbox() {}

    /**
     * Flushes the session, then appends in the given order. The flush comes first so that the changed rows are locked
     * before the outbox takes its ids: that makes the order of ids the order of commits.
     */
    public static Uni<Void> append(Mutiny.Session session, OutboxRecord... records) {
        Uni<Void> appended = session.flush();
        for (OutboxRecord record : records) {
            appended = appended.chain(() -> appendOne(session, record));
        }
        return appended;
    }

    private static Uni<Void> appendOne(Mutiny.Session session, OutboxRecord record) {
        return session.createNativeQuery("INSERT INTO outbox (topic, key, payload) VALUES (?1, ?2, ?3)")
                .setParameter(1, record.topic().topicName())
                .setParameter(2, record.key())
                .setParameter(3, record.json())
                .executeUpdate()
                .replaceWithVoid();
    }
}
