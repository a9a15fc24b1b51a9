package io.siaran.dispatch.queue;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.Events;
import io.siaran.dispatch.Stage;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.DeviceStatus;
import io.siaran.model.PlanStatus;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A campaign is planned anew while a message of it is on its way to Ani: she gets it once. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class EarlierRunTest {

    private final BroadcastMessage earlier = Cast.campaign(Cast.MERAH, Cast.ANI, 1);
    private final BroadcastMessage later = Cast.campaign(Cast.MERAH, Cast.ANI, 2);

    @Inject
    Stage stage;

    @Inject
    Events events;

    @Inject
    Reconciliation reconciliation;

    @BeforeEach
    void setTheScene() {
        stage.reset();
        stage.store(earlier);
        stage.release();
    }

    @Test
    void what_the_earlier_run_sent_ends_the_later_one() {
        // Given
        isPlannedAnew();
        stage.store(later);
        assertThat(stage.release().messages()).isZero();

        // When
        events.settle(events.accepted(earlier, 1));
        stage.release();

        // Then
        assertThat(reason(later)).isEqualTo("sent_in_earlier_run");
        stage.assertCountsAddUp();
    }

    @Test
    void what_the_earlier_run_gives_back_lets_the_later_one_go_once() {
        // Given
        isPlannedAnew();
        stage.store(later);
        assertThat(stage.release().messages()).isZero();

        // When
        events.settle(events.returned(earlier, 1));
        stage.release();

        // Then
        assertThat(reason(earlier)).isEqualTo("superseded_run");
        assertThat(stage.status(later.id())).isEqualTo("processing");
        assertThat(stage.row(later.id()).getInteger("try_no")).isOne();
        stage.assertCountsAddUp();
    }

    @Test
    void what_the_earlier_run_may_have_sent_ends_the_later_one() {
        // Given
        isPlannedAnew();
        stage.store(later);

        // When
        events.settle(events.unknown(earlier, 1));
        stage.release();

        // Then
        assertThat(reason(later)).isEqualTo("sent_in_earlier_run");
    }

    @Test
    void a_later_run_whose_news_are_late_waits_for_what_waits_of_the_earlier_one() {
        // Given
        events.settle(events.returned(earlier, 1));
        stage.store(later);

        // When
        stage.release();

        // Then
        assertThat(stage.row(earlier.id()).getInteger("try_no")).isEqualTo(2);
        assertThat(stage.status(later.id())).isEqualTo("pending");
    }

    @Test
    void a_later_run_on_another_device_waits_as_well_and_goes_by_itself() {
        // Given
        BroadcastMessage elsewhere = Cast.campaign(Cast.BIRU, Cast.ANI, 2);
        isPlannedAnew();
        stage.store(elsewhere);
        assertThat(stage.release().messages()).isZero();

        // When
        events.settle(events.returned(earlier, 1));

        // Then
        await().untilAsserted(() -> {
            stage.release();
            assertThat(stage.status(elsewhere.id())).isEqualTo("processing");
        });
    }

    @Test
    void a_message_that_waits_for_an_earlier_run_says_so() {
        // Given
        isPlannedAnew();
        stage.store(later);

        // Then
        given().auth()
                .oauth2(TestServers.token("aminah", "viewer"))
                .get("/api/v1/messages/" + later.id())
                .then()
                .body("waiting_for", equalTo("earlier_run"));
    }

    @Test
    void the_reconciliation_of_the_plan_ends_what_a_silent_device_would_keep() {
        // Given
        isPlannedAnew();
        stage.store(later);
        stage.is(Cast.MERAH, Cast.AMINAH, DeviceStatus.OFFLINE);
        events.settle(events.accepted(earlier, 1));

        // When
        stage.aMinuteLater();
        reconciliation.reconcile(100);

        // Then
        assertThat(reason(later)).isEqualTo("sent_in_earlier_run");
    }

    @Test
    void a_reached_message_does_not_stand_in_the_way_of_others() {
        // Given
        isPlannedAnew();
        BroadcastMessage toBudi = Cast.campaign(Cast.MERAH, Cast.BUDI, 2);
        stage.store(later, toBudi);
        events.settle(events.accepted(earlier, 1));

        // When
        stage.release();

        // Then
        assertThat(reason(later)).isEqualTo("sent_in_earlier_run");
        assertThat(stage.status(toBudi.id())).isEqualTo("processing");
    }

    @Test
    void a_campaign_that_had_completed_goes_on_under_its_next_run_for_whom_it_had_not_reached() {
        // Given: Ani had the message, and the campaign was over
        events.settle(events.accepted(earlier, 1));
        stage.plan(Cast.BLACK_FRIDAY.value(), Cast.AMINAH, PlanStatus.COMPLETED, 1);
        reconciliation.reconcile(100);

        // When
        isPlannedAnew();
        BroadcastMessage toBudi = Cast.campaign(Cast.MERAH, Cast.BUDI, 2);
        stage.store(later, toBudi);
        stage.release();

        // Then
        assertThat(stage.status(toBudi.id())).isEqualTo("processing");
        assertThat(reason(later)).isEqualTo("sent_in_earlier_run");
        assertThat(stage.status(earlier.id())).isEqualTo("sent");
        stage.assertCountsAddUp();
    }

    private void isPlannedAnew() {
        stage.plan(Cast.BLACK_FRIDAY.value(), Cast.AMINAH, PlanStatus.ACTIVE, 2);
        reconciliation.reconcile(100);
    }

    private String reason(BroadcastMessage message) {
        return stage.row(message.id()).getString("failure_reason");
    }
}
