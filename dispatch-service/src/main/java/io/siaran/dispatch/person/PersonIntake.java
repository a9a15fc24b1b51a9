package io.siaran.dispatch.person;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siaran.dispatch.queue.ErasedPeople;
import io.siaran.kafka.PersonAnswers;
import io.siaran.kafka.PersonErasures;
import io.siaran.kafka.PersonRecords;
import io.siaran.model.PhoneNumber;
import io.siaran.model.UserId;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Says which messages were sent to a person, or will be; or forgets to whom and what they were. */
@ApplicationScoped
class PersonIntake implements PersonRecords {

    private static final String KEPT = Sql.load(PersonIntake.class, "kept-of-person.sql");
    private static final String UNDER_WAY = Sql.load(PersonIntake.class, "under-way.sql");
    private static final String HOLD_DELIVERIES = Sql.load(PersonIntake.class, "hold-deliveries.sql");
    private static final String ERASE = Sql.load(PersonIntake.class, "erase-person.sql");

    /** What was written to the person, so that nobody tells an event of it meanwhile; and the numbering of events ({@code NumberEvents}). */
    private static final String LOCK_MESSAGES =
            "SELECT FROM broadcast_messages WHERE user_id = $1 AND recipient_phone = $2 ORDER BY id FOR UPDATE";

    private static final String LOCK_EVENTS =
            "SELECT pg_advisory_xact_lock(hashtext('siaran-dispatch-events')::bigint)";

    private final PersonAnswers answers;
    private final PersonErasures erasures;
    private final ErasedPeople erased;

    PersonIntake(PersonAnswers answers, PersonErasures erasures, ErasedPeople erased) {
        this.answers = answers;
        this.erasures = erasures;
        this.erased = erased;
    }

    @Incoming("person-requests")
    @Blocking(ordered = true)
    void consume(ConsumerRecords<String, String> batch) {
        answers.take(batch, this);
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void eraseWhomItCan() {
        erasures.work(this);
    }

    @Override
    public String kept() {
        return KEPT;
    }

    @Override
    public String underWay() {
        return UNDER_WAY;
    }

    @Override
    public String erase() {
        return ERASE;
    }

    @Override
    public void keepOthersOut(Tx tx, UserId user, PhoneNumber phone) {
        erased.keepOthersOut(tx, user);
        tx.run(LOCK_MESSAGES, user.value(), phone.digits());
        tx.run(LOCK_EVENTS);
        tx.run(HOLD_DELIVERIES, user.value(), phone.digits());
    }

    @Override
    public void forgetSuppression(Tx tx, UserId user, PhoneNumber phone) {
        erased.forget(tx, user, phone);
    }
}
