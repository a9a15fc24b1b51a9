package io.siaran.sequence.firing;

import static io.siaran.sequence.Fitness.challenge;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import io.siaran.sequence.enrolment.ReviewLeads;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class MeasureTest {
    @Inject Stage stage;
    @Inject ReviewLeads reviews;
    @Inject FireDueSteps firing;

    @Test
    void measure() {
        Tenant toko = stage.tenant();
        toko.sequence(challenge(30));
        for (int i = 0; i < 50; i++) toko.sequence(io.siaran.sequence.Fitness.with(challenge(10), "trigger", "other" + i));
        for (int round = 0; round < 3; round++) {
        long t0 = System.nanoTime();
        stage.database().run("WITH l AS (INSERT INTO leads SELECT gen_random_uuid(), $1, $2, '6013' || (1" + round + "000000 + n), 'Ani', 'fitness', '{fitness}', 'prospect', 1, false FROM generate_series(1,20000) n RETURNING id), t AS (INSERT INTO lead_triggers SELECT id, $1, 'fitness_start', 1 FROM l) INSERT INTO lead_reviews SELECT id FROM l", toko.user().value(), toko.merah().value());
        long t1 = System.nanoTime();
        reviews.run();
        long t2 = System.nanoTime();
        firing.run();
        long t3 = System.nanoTime();
        System.err.printf("MEASURED insert %d ms, review 20000 x 30 %d ms, fire 20000 %d ms%n", (t1-t0)/1000000, (t2-t1)/1000000, (t3-t2)/1000000);
        }
        var fired = stage.fired(toko);
        long t4 = System.nanoTime();
        java.util.List<io.siaran.model.MessageStatus> statuses = fired.stream().map(m -> io.siaran.sequence.Statuses.sent(m, 2, java.time.Instant.now())).toList();
        publisher.publish(statuses.stream().map(s -> new io.siaran.outbox.Announcement(io.siaran.model.Topic.MESSAGE_STATUS, s.deviceId().toString(), s)).toList());
        org.awaitility.Awaitility.await().atMost(java.time.Duration.ofSeconds(120)).until(() -> stage.database().run("SELECT count(*) FROM sequence_contacts WHERE user_id=$1 AND status='sent'", toko.user().value()).iterator().next().getLong(0) == fired.size());
        System.err.printf("MEASURED %d statuses %d ms%n", fired.size(), (System.nanoTime()-t4)/1000000);
    }
    @Inject io.siaran.outbox.Publisher publisher;
}
