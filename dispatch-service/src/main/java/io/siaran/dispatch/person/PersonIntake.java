package io.siaran.dispatch.person;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siaran.kafka.PersonAnswers;
import io.siaran.kafka.PersonErasures;
import io.siaran.kafka.PersonRecords;
import io.siaran.model.PhoneNumber;
import io.siaran.model.UserId;
import io.siaran.rest.PersonHash;
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
    private static final String ERASE = Sql.load(PersonIntake.class, "erase-person.sql");
    private static final String FORGET = Sql.load(PersonIntake.class, "forget-suppression.sql");

    private final PersonAnswers answers;
    private final PersonErasures erasures;
    private final PersonHash hash;

    PersonIntake(PersonAnswers answers, PersonErasures erasures, PersonHash hash) {
        this.answers = answers;
        this.erasures = erasures;
        this.hash = hash;
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
        tx.run(FORGET, user.value(), phone.digits(), hash.of(user, phone));
    }
}
