package io.siaran.campaign.person;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siaran.campaign.ErasedPeople;
import io.siaran.kafka.PersonAnswers;
import io.siaran.kafka.PersonErasures;
import io.siaran.kafka.PersonRecords;
import io.siaran.kafka.Publisher;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Suppression;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Says who a person is to the user: leads, consent, and whether they may be written to; or forgets it. */
@ApplicationScoped
class PersonIntake implements PersonRecords {

    private static final String KEPT = Sql.load(PersonIntake.class, "kept-of-person.sql");
    private static final String UNDER_WAY = Sql.load(PersonIntake.class, "under-way.sql");
    private static final String ERASE = Sql.load(PersonIntake.class, "erase-person.sql");

    private final PersonAnswers answers;
    private final PersonErasures erasures;
    private final ErasedPeople erased;
    private final Publisher publisher;

    PersonIntake(PersonAnswers answers, PersonErasures erasures, ErasedPeople erased, Publisher publisher) {
        this.answers = answers;
        this.erasures = erasures;
        this.erased = erased;
        this.publisher = publisher;
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
    }

    /** The key of a suppression has the phone in it. Every service has it, or had it: each was asked before. */
    @Override
    public void forgetOnTopics(UserId user, PhoneNumber phone) {
        publisher.forget(Topic.SUPPRESSIONS, Suppression.key(user, phone));
    }

    @Override
    public void forgetSuppression(Tx tx, UserId user, PhoneNumber phone) {
        erased.forget(tx, user, phone);
    }
}
