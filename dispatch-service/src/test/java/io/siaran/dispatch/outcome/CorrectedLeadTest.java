package io.siaran.dispatch.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.Stage;
import io.siaran.dispatch.queue.Reconciliation;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.DeliveryEvent.Accepted;
import io.siaran.model.DeliveryEvent.Returned;
import io.siaran.model.PhoneNumber;
import io.siaran.model.PlanStatus;
import io.siaran.model.ReturnReason;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The phone and the name of Ani are corrected while messages for her wait, or are in flight. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class CorrectedLeadTest {

    private static final String RIGHT = "60198765432";

    @Inject
    Stage stage;

    @Inject
    Database database;

    @Inject
    Reconciliation reconciliation;

    @Inject
    ApplyDeliveryEvents settling;

    private BroadcastMessage message;

    @BeforeEach
    void aMessageWaits() {
        stage.reset();
        message = Cast.campaign(Cast.MERAH, Cast.ANI, 1);
        stage.store(message);
    }

    @Test
    void what_waits_goes_to_the_new_phone_under_the_new_name() {
        // When
        stage.correct(Cast.ANI, Cast.MERAH, RIGHT, "Ani binti Ali");
        assertThat(stage.release().messages()).as("not to the old phone").isZero();
        reconciliation.reconcile(100);

        // Then
        assertThat(phone()).isEqualTo(RIGHT);
        assertThat(stage.row(message.id()).getString("recipient_name")).isEqualTo("Ani binti Ali");
        assertThat(stage.release().messages()).isOne();
        stage.assertCountsAddUp();
    }

    @Test
    void what_knows_her_new_phone_and_device_before_the_queue_does_never_goes_back_to_the_old_ones() {
        // Given
        stage.reset();
        stage.lead(Cast.ANI, Cast.MERAH, false);
        message = Cast.of(2, Cast.BIRU, new PhoneNumber(RIGHT), Cast.campaign(Cast.BIRU, Cast.ANI, 1));
        stage.store(message);

        // When
        stage.toReconcile("lead", Cast.ANI.toString());
        reconciliation.reconcile(100);

        // Then
        assertThat(phone()).isEqualTo(RIGHT);
        assertThat(stage.row(message.id()).getUUID("device_id")).isEqualTo(Cast.BIRU.value());
        assertThat(stage.release().messages())
                .as("before its lead is known there")
                .isZero();

        // When
        stage.correct(Cast.ANI, Cast.BIRU, RIGHT, "Ani");
        reconciliation.reconcile(100);
        database.run("UPDATE device_queue SET next_due = now()");

        // Then
        assertThat(phone()).isEqualTo(RIGHT);
        assertThat(stage.release().messages()).isOne();
        stage.assertCountsAddUp();
    }

    @Test
    void what_knows_her_new_device_does_not_end_with_the_old_one() {
        // Given
        stage.reset();
        stage.lead(Cast.ANI, Cast.MERAH, false);
        message = Cast.of(2, Cast.BIRU, Cast.phone(Cast.ANI), Cast.campaign(Cast.BIRU, Cast.ANI, 1));
        stage.store(message);
        database.run(
                "UPDATE device_queue SET deleted = true, deleted_at = now() - interval '1 hour' WHERE device_id = $1",
                Cast.MERAH.value());

        // When
        stage.toReconcile("lead", Cast.ANI.toString());
        reconciliation.reconcile(100);

        // Then
        assertThat(stage.status(message.id())).isEqualTo("pending");
    }

    @Test
    void what_followed_her_once_follows_her_again() {
        // Given
        stage.reset();
        stage.lead(Cast.ANI, Cast.MERAH, false);
        message = Cast.of(1, Cast.MERAH, Cast.phone(Cast.ANI), Cast.campaign(Cast.MERAH, Cast.ANI, 1));
        stage.store(message);

        // When
        stage.correct(Cast.ANI, Cast.MERAH, RIGHT, "Ani");
        reconciliation.reconcile(100);

        // Then
        assertThat(phone()).isEqualTo(RIGHT);
        assertThat(stage.row(message.id()).getLong("lead_version")).isEqualTo(2);

        // When
        stage.correct(Cast.ANI, Cast.MERAH, Cast.phone(Cast.ANI).digits(), "Ani");
        reconciliation.reconcile(100);

        // Then
        assertThat(phone()).isEqualTo(Cast.phone(Cast.ANI).digits());
    }

    @Test
    void what_is_in_flight_is_asked_back_and_goes_to_the_new_phone() {
        // Given
        stage.release();
        stage.correct(Cast.ANI, Cast.MERAH, RIGHT, "Ani");
        reconciliation.reconcile(100);
        assertThat(database.run(
                                "SELECT FROM broadcast_messages WHERE id = $1 AND recall_at <= clock_timestamp()",
                                message.id().value())
                        .rowCount())
                .isOne();

        // When
        settle(new Returned(
                message.id(), 1, message.userId(), Cast.MERAH, Instant.now(), ReturnReason.RECALLED, null, null));
        assertThat(stage.release().messages()).as("not to the old phone").isZero();
        reconciliation.moveReturned(100);

        // Then
        assertThat(phone()).isEqualTo(RIGHT);
        assertThat(stage.release().messages()).isOne();
    }

    @Test
    void what_was_sent_to_the_old_phone_stays_what_it_is() {
        // Given
        stage.release();
        stage.correct(Cast.ANI, Cast.MERAH, RIGHT, "Ani");
        reconciliation.reconcile(100);

        // When
        settle(new Accepted(message.id(), 1, message.userId(), Cast.MERAH, Instant.now(), "wamid", "Hello"));
        reconciliation.moveReturned(100);

        // Then
        assertThat(stage.status(message.id())).isEqualTo("sent");
        assertThat(phone()).isEqualTo(Cast.phone(Cast.ANI).digits());
    }

    @Test
    void another_name_alone_asks_nothing_back() {
        // Given
        stage.release();

        // When
        stage.correct(Cast.ANI, Cast.MERAH, Cast.phone(Cast.ANI).digits(), "Ani binti Ali");
        reconciliation.reconcile(100);

        // Then
        assertThat(stage.row(message.id()).getUUID("moving_to")).isNull();
    }

    @Test
    void who_must_not_be_written_to_under_the_new_phone_gets_nothing() {
        // Given
        stage.suppress(Cast.AMINAH, RIGHT);
        reconciliation.reconcile(100);

        // When
        stage.correct(Cast.ANI, Cast.MERAH, RIGHT, "Ani");
        reconciliation.reconcile(100);
        reconciliation.reconcile(100);

        // Then
        assertThat(stage.row(message.id()).getString("failure_reason")).isEqualTo("suppressed");
    }

    /** Who holds the person may be waiting for the very message that moves. */
    @Test
    void a_move_to_another_device_waits_for_nobody_who_reconciles_the_person() {
        // Given
        stage.suppress(Cast.AMINAH, Cast.phone(Cast.ANI).digits());
        stage.lead(Cast.ANI, Cast.BIRU, false);

        // When
        database.doInTransaction(other -> {
            other.run("SELECT FROM reconciliations WHERE subject = 'person' FOR UPDATE");
            assertThat(CompletableFuture.runAsync(() -> reconciliation.reconcile(100), Thread::startVirtualThread))
                    .succeedsWithin(Duration.ofSeconds(5));
        });
        reconciliation.reconcile(100);

        // Then
        assertThat(stage.row(message.id()).getString("failure_reason")).isEqualTo("suppressed");
    }

    @Test
    void a_message_that_comes_after_the_correction_waits_for_it() {
        // Given
        stage.correct(Cast.BUDI, Cast.MERAH, RIGHT, "Budi");
        BroadcastMessage late = Cast.campaign(Cast.MERAH, Cast.BUDI, 1);
        database.run("DELETE FROM reconciliations");

        // When
        stage.store(late);
        stage.aMinuteLater();
        reconciliation.reconcile(100);

        // Then
        assertThat(stage.row(late.id()).getString("recipient_phone")).isEqualTo(RIGHT);
    }

    @Test
    void what_follows_her_to_a_phone_that_its_campaign_has_written_to_is_taken_back() {
        // Given
        BroadcastMessage budi = Cast.to(new PhoneNumber(RIGHT), Cast.campaign(Cast.BIRU, Cast.BUDI, 1));
        stage.store(budi);
        database.run(
                "UPDATE broadcast_messages SET status = 'sent', sent_at = now() WHERE id = $1",
                budi.id().value());
        theCampaignHasEnded();

        // When
        stage.correct(Cast.ANI, Cast.MERAH, RIGHT, "Ani");
        reconciliation.reconcile(100);

        // Then
        assertThat(stage.row(message.id()).getString("failure_reason")).isEqualTo("withdrawn");
        assertThat(stage.release().messages()).isZero();
        stage.assertCountsAddUp();
    }

    /** Both had wrong phones, and an operator has both tried again. */
    @Test
    void of_two_leads_that_are_corrected_to_one_phone_together_one_is_written_to() {
        // Given
        BroadcastMessage budi = Cast.campaign(Cast.BIRU, Cast.BUDI, 1);
        stage.store(budi);
        theCampaignHasEnded();

        // When
        stage.correct(Cast.ANI, Cast.MERAH, RIGHT, "Ani");
        stage.correct(Cast.BUDI, Cast.BIRU, RIGHT, "Budi");
        reconciliation.reconcile(100);

        // Then
        assertThat(stage.rows(
                        "SELECT FROM broadcast_messages WHERE status = 'cancelled' AND failure_reason = 'withdrawn'"))
                .hasSize(1);
        assertThat(stage.release().messages()).isOne();
    }

    /** Each of them waits at the phone of the other until it is its turn to leave it. */
    @Test
    void two_leads_whose_phones_were_swapped_are_both_written_to() {
        // Given
        BroadcastMessage budi = Cast.campaign(Cast.BIRU, Cast.BUDI, 1);
        stage.store(budi);
        theCampaignHasEnded();

        // When
        stage.correct(Cast.ANI, Cast.MERAH, Cast.phone(Cast.BUDI).digits(), "Ani");
        stage.correct(Cast.BUDI, Cast.BIRU, Cast.phone(Cast.ANI).digits(), "Budi");
        while (reconciliation.reconcile(1)) {}

        // Then
        assertThat(stage.statuses()).containsOnlyKeys("pending").containsEntry("pending", 2L);
        assertThat(phone()).isEqualTo(Cast.phone(Cast.BUDI).digits());
        assertThat(stage.row(budi.id()).getString("recipient_phone"))
                .isEqualTo(Cast.phone(Cast.ANI).digits());
        stage.assertCountsAddUp();
    }

    @Test
    void who_only_goes_to_another_device_leaves_no_phone() {
        // Given
        BroadcastMessage budi = Cast.campaign(Cast.BIRU, Cast.BUDI, 1);
        stage.store(budi);
        theCampaignHasEnded();
        stage.lead(Cast.BUDI, Cast.MERAH, false);
        database.run(
                "UPDATE broadcast_messages SET moving_to = $2 WHERE id = $1",
                budi.id().value(),
                Cast.MERAH.value());
        database.run("DELETE FROM reconciliations");

        // When
        stage.correct(Cast.ANI, Cast.MERAH, Cast.phone(Cast.BUDI).digits(), "Ani");
        reconciliation.reconcile(100);

        // Then
        assertThat(stage.row(message.id()).getString("failure_reason")).isEqualTo("withdrawn");
        assertThat(stage.status(budi.id())).isEqualTo("pending");
    }

    /** Its owner knows whom it reaches, and takes back what would be sent twice: the other one may be about to leave the phone. */
    @Test
    void what_only_waits_at_the_phone_keeps_nobody_away_while_the_campaign_is_under_way() {
        // Given
        stage.store(Cast.to(new PhoneNumber(RIGHT), Cast.campaign(Cast.BIRU, Cast.BUDI, 1)));
        stage.plan(Cast.BLACK_FRIDAY.value(), Cast.AMINAH, PlanStatus.ACTIVE, 1);
        stage.writesOncePerPhone(Cast.BLACK_FRIDAY.value());

        // When
        stage.correct(Cast.ANI, Cast.MERAH, RIGHT, "Ani");
        reconciliation.reconcile(100);

        // Then
        assertThat(phone()).isEqualTo(RIGHT);
        assertThat(stage.status(message.id())).isEqualTo("pending");
    }

    private void theCampaignHasEnded() {
        stage.plan(Cast.BLACK_FRIDAY.value(), Cast.AMINAH, PlanStatus.COMPLETED, 1);
        stage.writesOncePerPhone(Cast.BLACK_FRIDAY.value());
    }

    private void settle(DeliveryEvent event) {
        database.doInTransaction(tx -> settling.settle(tx, List.of(event)));
    }

    private String phone() {
        return stage.row(message.id()).getString("recipient_phone");
    }
}
