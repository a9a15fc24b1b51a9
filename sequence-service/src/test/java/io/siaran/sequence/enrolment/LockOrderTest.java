package io.siaran.sequence.enrolment;

import static io.siaran.sequence.Fitness.challenge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.PhoneNumber;
import io.siaran.model.SequenceId;
import io.siaran.sequence.Held;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever works on the same leads at the same time as a review waits for it, or the review for that, and never both. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class LockOrderTest {

    private static final String FORGET = Sql.load(EnrolLeads.class, "forget-requests.sql");

    @Inject
    Stage stage;

    @Inject
    ReviewLeads reviews;

    private Tenant toko;
    private SequenceId fitness;

    @BeforeEach
    void aSequenceOfTwoSteps() {
        stage.pass();
        toko = stage.tenant();
        fitness = toko.sequence(challenge(2));
    }

    @Test
    void who_is_asked_again_during_a_review_is_reviewed_again() throws Exception {
        // Given
        Tenant.Lead ani = toko.lead("Ani").told();
        ask(ani);
        UUID[] leads = {ani.id().value()};

        // When
        meet(
                tx -> tx.run("DELETE FROM lead_reviews WHERE lead_id = ANY ($1::uuid[])", (Object) leads),
                () -> ask(ani),
                tx -> tx.run(FORGET, leads, new UUID[0], new UUID[0]));
        stage.pass();

        // Then
        assertThat(stage.contacts(fitness, ani)).isEqualTo("active pending");
    }

    @Test
    void who_is_taken_out_during_the_review_that_lets_it_in_is_taken_out_after_it() throws Exception {
        // Given
        Tenant.Lead ani = toko.lead("Ani").told();
        ask(ani);
        UUID[] leads = {ani.id().value()};

        // When
        meet(
                tx -> tx.run("DELETE FROM lead_reviews WHERE lead_id = ANY ($1::uuid[])", (Object) leads),
                this::takeAllOut,
                tx -> {
                    tx.run(FORGET, leads, new UUID[0], new UUID[0]);
                    enters(tx, ani.id().value(), ani);
                });

        // Then
        await().untilAsserted(() -> assertThat(stage.leftReasons(toko)).containsExactly("taken_out"));
    }

    @Test
    void a_review_locks_who_leaves_and_who_has_another_phone_as_an_outcome_locks_them() throws Exception {
        // Given
        Tenant.Lead budi = toko.lead("Budi").carrying("fitness_start", 1).told();
        stage.pass();
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        budi.as(toko.lead("Budi").phone()).told();
        ani.without("fitness_start").told();

        // When
        meet(tx -> lockWalk(tx, budi), reviews::run, tx -> lockWalk(tx, ani));

        // Then
        assertThat(stage.contacts(fitness, ani)).isEqualTo("cancelled cancelled");
        assertThat(person(budi)).isEqualTo(budi.phone().digits());
    }

    @Test
    void reviews_let_the_same_people_in_in_one_order_whatever_leads_they_are() throws Exception {
        // Given
        List<Tenant.Lead> leads = Stream.of("Ani", "Budi")
                .map(name -> toko.lead(name).carrying("fitness_start", 1))
                .sorted(Comparator.comparing(lead -> lead.id().toString()))
                .toList();
        leads.get(0).as(new PhoneNumber("60123456789"));
        leads.get(1).as(new PhoneNumber("60123456788"));
        toko.tell(leads);

        // When
        meet(tx -> enters(tx, leads.get(1)), reviews::run, tx -> enters(tx, leads.get(0)));

        // Then
        assertThat(leads)
                .allSatisfy(lead -> assertThat(stage.contacts(fitness, lead)).isEmpty());
    }

    /** Another instance's transaction, work that has to wait for it, and what that transaction does then. */
    private void meet(Consumer<Tx> first, Runnable work, Consumer<Tx> then) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Void> waiting;
            try (Held other = new Held(stage.database(), first)) {
                waiting = CompletableFuture.runAsync(work, threads);
                await().until(this::somebodyWaits);
                other.go(then);
            }
            waiting.get(30, TimeUnit.SECONDS);
        }
    }

    private boolean somebodyWaits() {
        return stage.database()
                        .run(
                                "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                        .rowCount()
                > 0;
    }

    private void ask(Tenant.Lead lead) {
        toko.as("operator")
                .body(Map.of("lead_ids", List.of(lead.id().toString())))
                .post("/api/v1/sequences/" + fitness + "/contacts")
                .then()
                .statusCode(202);
    }

    private void takeAllOut() {
        toko.as("operator")
                .body(Map.of("filter", Map.of()))
                .post("/api/v1/sequences/" + fitness + "/contacts/take-out")
                .then()
                .statusCode(200);
    }

    private static void lockWalk(Tx tx, Tenant.Lead lead) {
        tx.run("SELECT FROM enrolments WHERE lead_id = $1 FOR UPDATE", lead.id().value());
    }

    /** The same person as another lead. */
    private void enters(Tx tx, Tenant.Lead lead) {
        enters(tx, UUID.randomUUID(), lead);
    }

    private void enters(Tx tx, UUID as, Tenant.Lead lead) {
        tx.run(
                "INSERT INTO enrolments (id, user_id, sequence_id, lead_id, tokens, person, entered_status, entry_step_id, time_zone,"
                        + " status, entered_at, chain_id) SELECT gen_random_uuid(), s.user_id, s.id, $3, '{}', $2,"
                        + " 'prospect', p.id, 'Asia/Kuala_Lumpur', 'open', now(), gen_random_uuid()"
                        + " FROM sequences s JOIN sequence_steps p ON p.sequence_id = s.id AND p.is_entry_point WHERE s.id = $1",
                fitness.value(),
                lead.phone().digits(),
                as);
    }

    private String person(Tenant.Lead lead) {
        return stage.database()
                .run(
                        "SELECT person FROM enrolments WHERE lead_id = $1",
                        lead.id().value())
                .iterator()
                .next()
                .getString(0);
    }
}
