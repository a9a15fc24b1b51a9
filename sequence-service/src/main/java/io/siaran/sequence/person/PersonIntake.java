package io.siaran.sequence.person;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
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

/** Says how a person walks through sequences, or forgets who it was. */
@ApplicationScoped
class PersonIntake implements PersonRecords {

    private static final String KEPT = Sql.load(PersonIntake.class, "kept-of-person.sql");
    private static final String UNDER_WAY = Sql.load(PersonIntake.class, "under-way.sql");
    private static final String ERASE = Sql.load(PersonIntake.class, "erase-person.sql");
    private static final String FORGET = "DELETE FROM suppressions WHERE user_id = $1 AND phone = $2";

    private final PersonAnswers answers;
    private final PersonErasures erasures;

    PersonIntake(PersonAnswers answers, PersonErasures erasures) {
        this.answers = answers;
        this.erasures = erasures;
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
    public void forgetSuppression(Tx tx, UserId user, PhoneNumber phone) {
        tx.run(FORGET, user.value(), phone.digits());
    }
}
