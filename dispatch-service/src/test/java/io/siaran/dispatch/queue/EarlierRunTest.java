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

    /** For Ani too, who stands on another device under another lead. */
    private final BroadcastMessage twin = Cast.to(Cast.phone(Cast.ANI), Cast.campaign(Cast.BIRU, Cast.BUDI, 2));

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
        waitsForTheEarlierRun(later);
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

    @Test
    void who_was_reached_through_one_lead_gets_nothing_through_another_that_has_the_phone_now() {
        // Given
        events.settle(events.accepted(earlier, 1));
        isPlannedAnewOncePerPhone();

        // When
        stage.store(twin);

        // Then
        assertThat(reason(twin)).isEqualTo("sent_in_earlier_run");
        stage.assertCountsAddUp();
    }

    /** Both runs may be out at once, on two devices. */
    @Test
    void while_one_lead_may_still_get_the_earlier_run_another_of_the_phone_waits_and_says_so() {
        // Given
        isPlannedAnewOncePerPhone();
        stage.store(twin);
        assertThat(stage.release().messages()).isZero();
        waitsForTheEarlierRun(twin);

        // When
        events.settle(events.accepted(earlier, 1));
        releaseUntil(twin, "cancelled");

        // Then
        assertThat(reason(twin)).isEqualTo("sent_in_earlier_run");
    }

    @Test
    void what_one_lead_did_not_get_another_of_the_phone_gets() {
        // Given
        isPlannedAnewOncePerPhone();
        stage.store(twin);

        // When
        events.settle(events.returned(earlier, 1));

        // Then
        releaseUntil(twin, "processing");
    }

    @Test
    void where_each_lead_is_written_to_another_of_the_phone_gets_its_own() {
        // Given
        events.settle(events.accepted(earlier, 1));
        isPlannedAnew();

        // When
        stage.store(twin);

        // Then
        releaseUntil(twin, "processing");
    }

    private void isPlannedAnewOncePerPhone() {
        isPlannedAnew();
        stage.writesOncePerPhone(Cast.BLACK_FRIDAY.value());
    }

    private void releaseUntil(BroadcastMessage message, String status) {
        await().untilAsserted(() -> {
            stage.release();
            assertThat(stage.status(message.id())).isEqualTo(status);
        });
    }

    private static void waitsForTheEarlierRun(BroadcastMessage message) {
        given().auth()
                .oauth2(TestServers.token("aminah", "viewer"))
                .get("/api/v1/messages/" + message.id())
                .then()
                .body("waiting_for", equalTo("earlier_run"));
    }

    private void isPlannedAnew() {
        stage.plan(Cast.BLACK_FRIDAY.value(), Cast.AMINAH, PlanStatus.ACTIVE, 2);
        reconciliation.reconcile(100);
    }

    private String reason(BroadcastMessage message) {
        return stage.row(message.id()).getString("failure_reason");
    }
}
