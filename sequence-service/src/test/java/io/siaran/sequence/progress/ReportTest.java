package io.siaran.sequence.progress;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.with;
import static io.siaran.sequence.Fitness.withStep;
import static io.siaran.sequence.Statuses.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.siaran.localstack.TestServers;
import io.siaran.model.MessageStatus;
import io.siaran.model.SequenceId;
import io.siaran.sequence.Crowd;
import io.siaran.sequence.Effort;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import io.siaran.sequence.enrolment.Replies;
import io.siaran.sql.Sql;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of a sequence, from counts, and what that costs. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ReportTest {

    @Inject
    Stage stage;

    @Inject
    Replies replies;

    @Inject
    FoldReports fold;

    @Inject
    FollowEdits edits;

    private Tenant toko;

    @BeforeEach
    void aUserOfItsOwn() {
        toko = stage.tenant();
    }

    @Test
    void the_report_says_what_became_of_who_entered_and_where_each_step_is_before_and_after_it_is_folded() {
        // Given
        SequenceId fitness = toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        Tenant.Lead budi = toko.lead("Budi").carrying("fitness_start", 1).told();
        stage.pass();
        Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        stage.tell(sent(stage.firedFor(ani, toko), 2, at.plusSeconds(90)));
        replies.from(toko, ani, at.plusSeconds(120));
        budi.deleted().told();
        stage.pass();

        // When
        ani.on(toko.biru()).told();

        // Then
        assertReport(report(fitness));
        fold.run();
        assertReport(report(fitness));
    }

    private void assertReport(Response report) {
        report.then()
                .statusCode(200)
                .body("contacts.entered", equalTo(2))
                .body("contacts.inside", equalTo(1))
                .body("contacts.left", equalTo(1))
                .body("contacts.replied", equalTo(1))
                .body("contacts.left_by_reason.reason", contains("lead_deleted"))
                .body("total.sent", equalTo(1))
                .body("steps.entered", contains(2, 1))
                .body("steps.sent", contains(1, 0))
                .body("steps.replied", contains(1, 0))
                .body("steps.cancelled", contains(1, 1))
                .body("steps.pending", contains(0, 1))
                .body("steps[1].average_wait_seconds", nullValue());
        assertThat(report.jsonPath().getDouble("steps[0].average_wait_seconds")).isBetween(60.0, 120.0);
        // What was sent stays where it was sent from; what is to come is where the lead is.
        assertThat(report.jsonPath().getInt("devices.find { it.device_id == '" + toko.merah() + "' }.sent"))
                .isEqualTo(1);
        assertThat(report.jsonPath().getInt("devices.find { it.device_id == '" + toko.biru() + "' }.pending"))
                .isEqualTo(1);
    }

    @Test
    void the_times_of_steps_to_come_follow_a_late_send() {
        // Given
        SequenceId fitness = toko.sequence(challenge(3));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        Instant late = Instant.now().plus(3, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MILLIS);

        // When
        stage.tell(sent(stage.firedFor(ani, toko), 2, late));

        // Then
        toko.as("viewer")
                .get("/api/v1/sequences/" + fitness + "/contacts?status=pending")
                .then()
                .body(
                        "items.next_trigger_time",
                        contains(late.plus(2, ChronoUnit.DAYS).toString()));
    }

    @Test
    void a_list_and_a_report_cost_what_they_show_however_many_contacts_there_are() {
        // Given
        SequenceId fitness = toko.sequence(with(challenge(1), "status", "inactive"));
        Crowd crowd = Crowd.store(stage, toko, fitness, toko.merah(), 5_000);
        try {
            stage.database()
                    .run(
                            "UPDATE sequence_contacts SET status = 'failed' WHERE id IN (SELECT id FROM sequence_contacts"
                                    + " WHERE sequence_id = $1 ORDER BY id LIMIT 5)",
                            fitness.value());
            fold.run();
            stage.database().run("VACUUM ANALYZE sequence_contacts, report_counts, report_deltas");

            // When
            ContactCursor start = ContactCursor.START;
            long list = Effort.pages(
                    stage.database(),
                    Sql.load(ListContacts.class, "list-contacts.sql"),
                    fitness.value(),
                    toko.user().value(),
                    new String[] {"failed"},
                    null,
                    start.enrolment(),
                    start.step(),
                    50,
                    start.contact());
            long report =
                    Effort.pages(stage.database(), Sql.load(ReadReports.class, "read-counts.sql"), fitness.value());

            // Then
            assertThat(list).as("pages of a list of five").isLessThan(300);
            assertThat(report).as("pages of a report").isLessThan(100);
            report(fitness).then().body("steps[0].failed", equalTo(5)).body("steps[0].pending", equalTo(4_995));
        } finally {
            crowd.removed();
        }
    }

    @Test
    void who_answers_before_the_first_step_is_sent_has_replied_and_to_no_step() {
        // Given
        SequenceId fitness = toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);

        // When
        replies.from(toko, ani, at);
        replies.from(toko, ani, at);
        stage.tell(sent(stage.firedFor(ani, toko), 2, at.plusSeconds(5)));

        // Then
        report(fitness)
                .then()
                .body("contacts.replied", equalTo(1))
                .body("steps.replied", contains(0, 0))
                .body("steps.sent", contains(1, 0));
    }

    /** The status of a message and the answer to it come by two topics. */
    @Test
    void an_answer_that_is_faster_than_the_news_of_the_send_counts_at_the_step_that_was_answered() {
        // Given
        SequenceId fitness = toko.sequence(withStep(challenge(2), 1, "trigger_delay_hours", 0));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        replies.from(toko, ani, at.plusSeconds(10));
        stage.tell(sent(stage.firedFor(ani, toko), 2, at));
        report(fitness).then().body("steps.replied", contains(1, 0));
        stage.pass();

        // When
        replies.from(toko, ani, at.plusSeconds(30));
        stage.tell(sent(stage.fired(toko).getLast(), 2, at.plusSeconds(20)));

        // Then
        report(fitness).then().body("contacts.replied", equalTo(1)).body("steps.replied", contains(1, 1));
    }

    /** A phone that answers by itself; its platform tells 10:00:05 of what came at 10:00:05.9. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_answer_within_the_second_of_the_send_counts_though_its_platform_tells_whole_seconds(boolean newsFirst) {
        // Given
        SequenceId fitness = toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        Instant told = Instant.now().plusSeconds(1).truncatedTo(ChronoUnit.SECONDS);
        MessageStatus news = sent(stage.firedFor(ani, toko), 2, told.plusMillis(400));

        // When
        if (newsFirst) {
            stage.tell(news);
        }
        replies.from(toko, ani, told);
        stage.tell(news);

        // Then
        report(fitness).then().body("contacts.replied", equalTo(1)).body("steps.replied", contains(1, 0));
    }

    @Test
    void an_answer_moves_to_the_step_that_turns_out_to_be_sent_before_it() {
        // Given
        SequenceId fitness = toko.sequence(withStep(challenge(2), 1, "trigger_delay_hours", 0));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        stage.tell(sent(stage.firedFor(ani, toko), 2, at));
        stage.pass();
        replies.from(toko, ani, at.plusSeconds(30));
        report(fitness).then().body("steps.replied", contains(1, 0));

        // When
        stage.tell(sent(stage.fired(toko).getLast(), 2, at.plusSeconds(20)));

        // Then
        report(fitness).then().body("contacts.replied", equalTo(1)).body("steps.replied", contains(0, 1));
    }

    @Test
    void what_is_pending_adds_up_after_a_step_was_removed_and_is_forgotten_where_nobody_comes_by_it_any_more() {
        // Given
        SequenceId fitness = toko.sequence(challenge(3));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        Tenant.Lead budi = toko.lead("Budi").carrying("fitness_start", 1).told();
        stage.pass();
        Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        stage.tell(sent(stage.firedFor(ani, toko), 2, at));

        // When
        toko.as("operator")
                .body(challenge(2))
                .put("/api/v1/sequences/" + fitness)
                .then()
                .statusCode(200);
        edits.run();

        // Then
        assertPendingAddsUp(report(fitness).then().body("steps.pending", contains(1, 2, 1)));
        stage.tell(sent(stage.firedFor(budi, toko), 2, at));
        assertPendingAddsUp(report(fitness).then().body("steps.pending", contains(0, 2)));
        assertThat(stage.contacts(fitness, ani)).isEqualTo("sent active");
    }

    private static void assertPendingAddsUp(ValidatableResponse report) {
        JsonPath body = report.extract().jsonPath();
        int total = body.getInt("total.pending");
        assertThat(body.getInt("steps.pending.sum()")).isEqualTo(total);
        assertThat(body.getInt("devices.pending.sum()")).isEqualTo(total);
    }

    private Response report(SequenceId sequence) {
        return toko.as("viewer").get("/api/v1/sequences/" + sequence + "/report");
    }
}
