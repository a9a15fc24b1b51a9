package io.siaran.kafka;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.siaran.model.Deed;
import io.siaran.model.TimeOrderedId;
import io.siaran.model.Topic;
import io.siaran.model.UserEvent;
import io.siaran.model.UserId;
import io.siaran.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Tells who did what, for the audit, in the transaction that does it: neither is there without the other. What changes nothing
 * is no deed. What is told shows no phone, text or secret, whatever it is given ({@link DeedDetails}).
 */
@ApplicationScoped
public class Deeds {

    private final Outbox outbox;
    private final Clock clock;
    private final RandomGenerator random;

    Deeds(Outbox outbox, Clock clock, RandomGenerator random) {
        this.outbox = outbox;
        this.clock = clock;
        this.random = random;
    }

    /**
     * What something is done to.
     *
     * @param kind what it is: campaign, lead, sequence, device
     * @param id which; null where there is but one, or many
     */
    public record Subject(String kind, Object id) {}

    /**
     * In the transaction of the caller.
     *
     * @param before as REST shows it; null: it was not there, or it is nothing that changes
     * @param after as REST shows it; null: it is gone, or it is nothing that changes
     */
    public void tell(Tx tx, UserId by, Deed deed, Subject subject, Object before, Object after) {
        done(by, deed, subject, before, after).ifPresent(told -> outbox.append(tx, List.of(told)));
    }

    /** As the other one, in the session of the caller and its transaction. */
    public Uni<Void> tell(UserId by, Deed deed, Subject subject, Object before, Object after) {
        return done(by, deed, subject, before, after)
                .map(told -> Panache.getSession().chain(session -> SessionOutbox.append(session, told)))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Optional<OutboxRecord> done(UserId by, Deed deed, Subject subject, Object before, Object after) {
        return DeedDetails.of(before, after).map(details -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            UserEvent.Done done = new UserEvent.Done(
                    TimeOrderedId.v7(now, random),
                    by,
                    by.value(),
                    now,
                    deed.wire(),
                    subject.kind(),
                    subject.id() == null ? null : subject.id().toString(),
                    details.before(),
                    details.after());
            return new OutboxRecord(Topic.USER_EVENTS, by.value(), done);
        });
    }
}
