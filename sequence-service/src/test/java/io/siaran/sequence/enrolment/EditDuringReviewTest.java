package io.siaran.sequence.enrolment;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.with;
import static io.siaran.sequence.Fitness.withStep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.SequenceId;
import io.siaran.sequence.Held;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Statuses;
import io.siaran.sequence.Tenant;
import io.siaran.sql.Tx;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A sequence is edited, or a lead changes, after a review found who may enter, and before it has let them in. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class EditDuringReviewTest {

    private static final String ENTRY_CHANGES =
            "UPDATE sequences SET version = version + 1, entry_version = version + 1 WHERE id = $1";

    @Inject
    Stage stage;

    @Inject
    ReviewLeads reviews;

    private Tenant toko;

    @BeforeEach
    void aUserOfItsOwn() {
        stage.pass();
        toko = stage.tenant();
    }

    @Test
    void who_was_asked_to_enter_enters_all_the_same() throws Exception {
        // Given
        SequenceId fitness = toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").told();
        ask(toko, ani, fitness);

        // When
        reviewDuring(fitness, ENTRY_CHANGES);
        stage.pass();

        // Then
        assertThat(stage.contacts(fitness, ani)).isEqualTo("active pending");
    }

    @Test
    void somebody_else_whose_request_was_met_beside_it_enters_once() throws Exception {
        // Given
        SequenceId fitness = toko.sequence(challenge(1));
        ask(toko, toko.lead("Ani").told(), fitness);
        Tenant warung = stage.tenant();
        SequenceId again = warung.sequence(with(challenge(1), "allow_reentry", true));
        Tenant.Lead budi = warung.lead("Budi").told();
        ask(warung, budi, again);

        // When
        reviewDuring(fitness, ENTRY_CHANGES);
        stage.pass();
        stage.tell(Statuses.sent(stage.firedFor(budi, warung), 2, Instant.now()));
        budi.carrying("vip", 1).told();
        stage.pass();

        // Then
        assertThat(stage.contacts(again, budi)).isEqualTo("sent");
    }

    @Test
    void who_would_have_begun_at_a_step_that_is_gone_begins_where_others_do() throws Exception {
        // Given
        Map<String, Object> second = withStep(challenge(2), 1, "day_number", 1);
        SequenceId fitness =
                toko.sequence(withStep(withStep(second, 0, "is_entry_point", false), 1, "is_entry_point", true));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();

        // When
        reviewDuring(
                fitness,
                "UPDATE sequence_steps SET is_entry_point = true, removed_at = CASE position WHEN 1 THEN now() END"
                        + " WHERE sequence_id = $1");

        // Then
        assertThat(stage.contacts(fitness, ani)).isEqualTo("active");
    }

    @Test
    void who_was_asked_in_without_a_trigger_and_is_deleted_meanwhile_leaves() throws Exception {
        // Given
        SequenceId fitness = toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").told();
        ask(toko, ani, fitness);

        // When
        reviewWhile(
                fitness,
                "leads WHERE deleted AND user_id = $1",
                () -> ani.deleted().told());
        stage.pass();

        // Then
        assertThat(stage.contacts(fitness, ani)).isEqualTo("cancelled cancelled");
        await().untilAsserted(() -> assertThat(stage.leftReasons(toko)).containsExactly("lead_deleted"));
    }

    @Test
    void who_was_asked_in_without_a_trigger_and_opts_out_meanwhile_leaves() throws Exception {
        // Given
        SequenceId fitness = toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").told();
        ask(toko, ani, fitness);

        // When
        reviewWhile(fitness, "suppressions WHERE user_id = $1", () -> toko.suppress(ani));
        stage.pass();

        // Then
        assertThat(stage.contacts(fitness, ani)).isEqualTo("cancelled cancelled");
        await().untilAsserted(() -> assertThat(stage.leftReasons(toko)).containsExactly("suppressed"));
    }

    private static void ask(Tenant tenant, Tenant.Lead lead, SequenceId sequence) {
        tenant.as("operator")
                .body(Map.of("lead_ids", List.of(lead.id().toString())))
                .post("/api/v1/sequences/" + sequence + "/contacts")
                .then()
                .statusCode(202);
    }

    private void reviewDuring(SequenceId sequence, String edit) throws Exception {
        review(sequence, tx -> tx.run(edit, sequence.value()), () -> {});
    }

    /** @param known where it stands, by the user, as soon as the news is committed; or it waits for the review, as it should */
    private void reviewWhile(SequenceId sequence, String known, Runnable news) throws Exception {
        CompletableFuture<Void> told = new CompletableFuture<>();
        review(sequence, _ -> {}, () -> {
            told.completeAsync(
                    () -> {
                        news.run();
                        return null;
                    },
                    Thread::startVirtualThread);
            await().until(() -> waits("Asks for a review of the changed leads")
                    || waits("asks for a review of each lead")
                    || isKnown(known));
        });
        told.get(30, TimeUnit.SECONDS);
    }

    private void review(SequenceId sequence, Consumer<Tx> edit, Runnable meanwhile) throws Exception {
        CompletableFuture<Void> review;
        try (Held _ = new Held(stage.database(), tx -> {
            tx.run("SELECT FROM sequences WHERE id = $1 FOR UPDATE", sequence.value());
            edit.accept(tx);
        })) {
            review = CompletableFuture.runAsync(reviews::run, Thread::startVirtualThread);
            await().until(() -> waits("Keeps the steps of these sequences"));
            meanwhile.run();
        }
        review.get(30, TimeUnit.SECONDS);
    }

    private boolean waits(String statement) {
        return stage.database()
                        .run(
                                "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
                                        + " AND query LIKE '%' || $1 || '%'",
                                statement)
                        .rowCount()
                > 0;
    }

    private boolean isKnown(String news) {
        return stage.database().run("SELECT FROM " + news, toko.user().value()).rowCount() > 0;
    }
}
