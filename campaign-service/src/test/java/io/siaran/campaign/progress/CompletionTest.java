package io.siaran.campaign.progress;

import static io.siaran.campaign.Cast.campaign;
import static io.siaran.campaign.Cast.status;
import static io.siaran.campaign.Cast.trigger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.response.ValidatableResponse;
import io.siaran.campaign.Cast;
import io.siaran.kafka.OutboxRecord;
import io.siaran.kafka.Publisher;
import io.siaran.localstack.TestServers;
import io.siaran.model.CampaignId;
import io.siaran.model.CampaignProgress;
import io.siaran.model.DeviceId;
import io.siaran.model.Plan;
import io.siaran.model.PlanStatus;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three leads on one device. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class CompletionTest {

    @Inject
    Cast cast;

    @Inject
    ProgressIntake intake;

    @Inject
    Completion completion;

    @Inject
    Publisher publisher;

    @Inject
    Database database;

    private final String user = Cast.newUser();
    private DeviceId merah;
    private CampaignId campaign;

    @BeforeEach
    void publish() {
        merah = cast.device(user);
        IntStream.range(0, 3).forEach(i -> Cast.lead(user, merah, Cast.phone(i)));
        campaign = campaign(user, Map.of());
        trigger(user, campaign);
        await().until(() -> cast.fanOutHasEnded(campaign));
    }

    @Test
    void nothing_heard_means_nothing_completed() throws Throwable {
        look();
        assertThat(status(user, campaign)).isEqualTo("triggered");
    }

    @Test
    void as_long_as_less_is_stored_than_was_published_it_goes_on() throws Throwable {
        intake.apply(List.of(told(1, 2, 0, 2, 0, 0)));
        look();
        assertThat(status(user, campaign)).isEqualTo("triggered");
    }

    @Test
    void as_long_as_a_message_waits_it_goes_on() throws Throwable {
        intake.apply(List.of(told(1, 3, 1, 2, 0, 0)));
        look();
        assertThat(status(user, campaign)).isEqualTo("triggered");
    }

    @Test
    void all_told_completes_it_and_tells_so() throws Throwable {
        // Given
        intake.apply(List.of(told(1, 3, 0, 1, 1, 1)));

        // When
        look();

        // Then
        assertThat(status(user, campaign)).isEqualTo("completed");
        await().untilAsserted(() -> assertThat(cast.published(Topic.PLANS, campaign, Plan.class))
                .extracting(Plan::status)
                .containsExactly(PlanStatus.ACTIVE, PlanStatus.ACTIVE, PlanStatus.COMPLETED));
    }

    @Test
    void a_campaign_that_was_paused_when_all_was_told_completes_once_it_is_resumed() throws Throwable {
        // Given
        move("pause");
        intake.apply(List.of(told(1, 3, 0, 3, 0, 0)));
        look();
        look();

        // When
        move("resume");
        look();

        // Then
        assertThat(status(user, campaign)).isEqualTo("completed");
    }

    @Test
    void what_still_waits_is_looked_at_again_only_when_it_changes() throws Throwable {
        // When
        intake.apply(List.of(told(1, 3, 1, 2, 0, 0)));
        look();

        // Then
        assertThat(database.run("SELECT FROM run_progress WHERE campaign_id = $1 AND changed", campaign.value())
                        .rowCount())
                .isZero();
    }

    @Test
    void the_counts_add_up_while_dispatch_stores_before_and_after_the_count_of_the_fan_out() {
        // Given
        DeviceId biru = cast.device(user);

        // When
        intake.apply(List.of(told(1, 2, 1, 1, 0, 0)));
        intake.apply(
                List.of(new CampaignProgress(campaign, 1, biru, new UserId(user), 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, null)));

        // Then
        Cast.as(user, "viewer")
                .get("/api/v1/campaigns/" + campaign + "/report")
                .then()
                .body("totals.should_send", equalTo(3))
                .body("totals.pending", equalTo(2))
                .body("totals.sent", equalTo(1));
    }

    @Test
    void none_sent_fails_it() throws Throwable {
        // Given
        intake.apply(List.of(told(1, 3, 0, 0, 3, 0)));

        // When
        look();

        // Then
        Cast.as(user, "viewer")
                .get("/api/v1/campaigns/" + campaign)
                .then()
                .body("status", equalTo("failed"))
                .body("status_reason", equalTo("nothing_sent"));
    }

    @Test
    void an_empty_audience_completes() throws Throwable {
        // Given
        CampaignId lonely = campaign(user, Map.of("niche", "nobody"));
        trigger(user, lonely);
        await().until(() -> cast.fanOutHasEnded(lonely));

        // When
        look();

        // Then
        assertThat(status(user, lonely)).isEqualTo("completed");
    }

    @Test
    void a_cancelled_campaign_stays_cancelled() throws Throwable {
        // Given
        Cast.operator(user)
                .post("/api/v1/campaigns/" + campaign + "/cancel")
                .then()
                .statusCode(200);
        intake.apply(List.of(told(1, 3, 0, 3, 0, 0)));

        // When
        look();

        // Then
        assertThat(status(user, campaign)).isEqualTo("cancelled");
    }

    /** Nothing else would stop at once what an operator has set going again. */
    @Test
    void a_campaign_that_has_ended_is_cancelled_only_while_messages_of_it_are_tried_again() throws Throwable {
        // Given
        intake.apply(List.of(told(1, 3, 0, 1, 2, 0)));
        look();
        cancelled(409)
                .body("detail", containsString("completed"))
                .body("detail", containsString("some seconds after their retry"));

        // When
        intake.apply(List.of(told(2, 3, 2, 1, 0, 0)));

        // Then
        cancelled(200);
        assertThat(status(user, campaign)).isEqualTo("cancelled");
        await().untilAsserted(() -> assertThat(cast.published(Topic.PLANS, campaign, Plan.class))
                .extracting(Plan::status)
                .endsWith(PlanStatus.COMPLETED, PlanStatus.CANCELLED));
    }

    @Test
    void so_is_one_that_has_failed_and_why_it_did_is_history() throws Throwable {
        // Given
        intake.apply(List.of(told(1, 3, 0, 0, 3, 0)));
        look();
        assertThat(status(user, campaign)).isEqualTo("failed");

        // When
        intake.apply(List.of(told(2, 3, 3, 0, 0, 0)));

        // Then
        cancelled(200).body("status", equalTo("cancelled")).body("status_reason", nullValue());
    }

    private ValidatableResponse cancelled(int status) {
        return Cast.operator(user)
                .post("/api/v1/campaigns/" + campaign + "/cancel")
                .then()
                .statusCode(status);
    }

    @Test
    void counts_that_contradict_themselves_are_put_aside_and_those_beside_them_count() {
        // Given
        CampaignProgress wrong = new CampaignProgress(
                campaign, 1, new DeviceId(UUID.randomUUID()), new UserId(user), 1, 3, 0, 0, 1, 0, 0, 0, 0, 0, null);
        publisher.publish(List.of(
                new OutboxRecord(Topic.CAMPAIGN_PROGRESS, wrong.key(), wrong),
                new OutboxRecord(Topic.CAMPAIGN_PROGRESS, told(1, 3, 0, 3, 0, 0).key(), told(1, 3, 0, 3, 0, 0))));

        // Then
        await().untilAsserted(() -> Cast.as(user, "viewer")
                .get("/api/v1/campaigns/" + campaign + "/report")
                .then()
                .body("totals.sent", equalTo(3))
                .body("devices", hasSize(1)));
    }

    @Test
    void the_report_shows_the_highest_version_whatever_the_order() {
        // Given
        for (CampaignProgress progress : List.of(told(3, 3, 0, 2, 0, 1), told(2, 3, 2, 1, 0, 0))) {
            publisher.publish(List.of(new OutboxRecord(Topic.CAMPAIGN_PROGRESS, progress.key(), progress)));
        }

        // Then
        await().untilAsserted(() -> Cast.as(user, "viewer")
                .get("/api/v1/campaigns/" + campaign + "/report")
                .then()
                .statusCode(200)
                .body("status", equalTo("triggered"))
                .body("totals.should_send", equalTo(3))
                .body("totals.sent", equalTo(2))
                .body("totals.unknown", equalTo(1))
                .body("totals.pending", equalTo(0))
                .body("devices", hasSize(1))
                .body("devices[0].device_id", equalTo(merah.toString()))
                .body("devices[0].sent", equalTo(2)));
    }

    private void move(String verb) {
        Cast.operator(user)
                .post("/api/v1/campaigns/" + campaign + "/" + verb)
                .then()
                .statusCode(200);
    }

    private void look() throws Throwable {
        VertxContextSupport.subscribeAndAwait(completion::completeRuns);
    }

    private CampaignProgress told(long version, long stored, long pending, long sent, long failed, long unknown) {
        return new CampaignProgress(
                campaign,
                1,
                merah,
                new UserId(user),
                version,
                stored,
                pending,
                0,
                sent,
                failed,
                0,
                unknown,
                0,
                0,
                null);
    }
}
