package io.siaran.dispatch.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.Stage;
import io.siaran.dispatch.queue.DeviceQueue.Released;
import io.siaran.dispatch.queue.ErasedPeople;
import io.siaran.dispatch.queue.Reconciliation;
import io.siaran.kafka.OutboxRecord;
import io.siaran.kafka.Publisher;
import io.siaran.localstack.TestServers;
import io.siaran.model.Attributes;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.DeviceSnapshot;
import io.siaran.model.DeviceStatus;
import io.siaran.model.LeadSnapshot;
import io.siaran.model.MessageId;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Plan;
import io.siaran.model.PlanKind;
import io.siaran.model.PlanStatus;
import io.siaran.model.Suppression;
import io.siaran.model.TargetStatus;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.siaran.model.Withdraw;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class IntakeTest {

    @Inject
    Stage stage;

    @Inject
    Publisher publisher;

    @Inject
    Reconciliation reconciliation;

    @Inject
    SnapshotIntake snapshots;

    @Inject
    ErasedPeople erased;

    @Inject
    Database database;

    @BeforeEach
    void setTheScene() {
        stage.reset();
    }

    @Test
    void what_kafka_delivers_is_stored_once_however_often_it_comes() {
        // Given
        BroadcastMessage ani = Cast.campaign(Cast.MERAH, Cast.ANI, 1);
        BroadcastMessage budi = Cast.step(Cast.BIRU, Cast.BUDI, Cast.aMinuteAgo());
        BroadcastMessage last = Cast.direct(Cast.MERAH, Cast.CITRA, Cast.aMinuteAgo());

        // When
        publish(ani, budi, ani, budi, ani, last);

        // Then
        await().untilAsserted(() -> assertThat(stage.statuses()).containsEntry("pending", 3L));
        stage.assertCountsAddUp();
    }

    @Test
    void an_unreadable_record_blocks_nothing_behind_it() {
        // Given
        BroadcastMessage ani = Cast.campaign(Cast.MERAH, Cast.ANI, 1);

        // When
        publisher.publish(List.of(
                new OutboxRecord(Topic.BROADCAST_MESSAGES, Cast.MERAH.toString(), "no message"),
                new OutboxRecord(Topic.BROADCAST_MESSAGES, Cast.MERAH.toString(), ani)));

        // Then
        await().untilAsserted(() -> assertThat(stage.statuses()).containsEntry("pending", 1L));
    }

    @Test
    void a_withdrawal_in_the_batch_of_its_message_cancels_it() {
        // Given
        BroadcastMessage step = Cast.step(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo());

        // When
        publisher.publish(List.of(
                new OutboxRecord(
                        Topic.BROADCAST_MESSAGES,
                        Cast.MERAH.toString(),
                        new Withdraw(step.id(), step.userId(), step.deviceId())),
                new OutboxRecord(Topic.BROADCAST_MESSAGES, Cast.MERAH.toString(), step)));

        // Then
        await().untilAsserted(() -> assertThat(stage.statuses()).containsEntry("cancelled", 1L));
    }

    @Test
    void an_older_snapshot_changes_nothing() {
        // Given
        DeviceId device = new DeviceId(UUID.randomUUID());

        // When
        publisher.publish(Stream.of(device(device, 2, DeviceStatus.ONLINE), device(device, 1, DeviceStatus.OFFLINE))
                .map(snapshot -> new OutboxRecord(Topic.DEVICES, device.toString(), snapshot))
                .toList());
        DeviceId witness = new DeviceId(UUID.randomUUID());
        publisher.publish(
                List.of(new OutboxRecord(Topic.DEVICES, device.toString(), device(witness, 1, DeviceStatus.ONLINE))));

        // Then
        await().untilAsserted(() -> assertThat(device(witness)).hasSize(1));
        assertThat(device(device)).containsExactly("online");
    }

    @Test
    void news_of_a_device_lift_its_hold() {
        // Given
        stage.rows("UPDATE device_queue SET held_until = now() + interval '8 hours', hold_reason = 'daily_cap',"
                + " next_due = now() + interval '8 hours'");
        stage.store(Cast.direct(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo()));
        assertThat(stage.release().devices()).isZero();

        // When
        publisher.publish(List.of(
                new OutboxRecord(Topic.DEVICES, Cast.MERAH.toString(), device(Cast.MERAH, 2, DeviceStatus.ONLINE))));

        // Then
        await().untilAsserted(() -> assertThat(stage.release().messages()).isOne());
    }

    @Test
    void a_restricted_device_says_what_may_be_an_answer_and_nothing_else_and_a_slowed_one_pauses_longer() {
        // Given
        stage.store(Cast.campaign(Cast.MERAH, Cast.ANI, 1));
        Instant inAnHour = Instant.now().plusSeconds(3_600).truncatedTo(ChronoUnit.MILLIS);

        // When
        publisher.publish(List.of(new OutboxRecord(Topic.DEVICES, Cast.MERAH.toString(), restricted(2, inAnHour))));
        await().untilAsserted(() -> assertThat(held()).isEqualTo(inAnHour));
        int held = stage.release().messages();
        BroadcastMessage direct = Cast.direct(Cast.MERAH, Cast.BUDI, Cast.aMinuteAgo());
        stage.store(direct);
        stage.rows(
                "UPDATE broadcast_messages SET min_delay = 10, max_delay = 30 WHERE id = $1",
                direct.id().value());
        int passed = stage.release().messages();

        // Then
        assertThat(held).isZero();
        assertThat(passed).isOne();
        assertThat(stage.row(direct.id()).getInteger("max_pause"))
                .as("twice its own thirty seconds")
                .isEqualTo(60);
    }

    private Instant held() {
        OffsetDateTime until = stage.rows(
                        "SELECT cold_held_until FROM device_queue WHERE device_id = $1", Cast.MERAH.value())
                .getFirst()
                .getOffsetDateTime("cold_held_until");
        return until == null ? null : until.toInstant();
    }

    private static DeviceSnapshot restricted(long version, Instant until) {
        return new DeviceSnapshot(
                Cast.MERAH,
                Cast.AMINAH,
                "Merah",
                new PhoneNumber("60123456789"),
                "wablas",
                DeviceStatus.OFFLINE,
                Instant.now(),
                "463",
                null,
                null,
                null,
                Cast.KUALA_LUMPUR,
                version,
                false,
                null,
                null,
                null,
                List.of(),
                until,
                2);
    }

    /** The withdrawal on the topic of messages may lag far behind the topic of leads. */
    @Test
    void a_message_never_follows_its_lead_to_a_phone_that_is_reached_through_another_lead() {
        // Given
        BroadcastMessage waiting = Cast.campaign(Cast.MERAH, Cast.ANI, 1);
        BroadcastMessage late = Cast.campaign(Cast.MERAH, Cast.ANI, 2);
        stage.store(waiting);
        LeadSnapshot corrected = lead(Cast.MERAH, Cast.phone(Cast.BUDI), List.of(waiting.id(), late.id()), 2);

        // When
        publisher.publish(List.of(new OutboxRecord(Topic.LEADS, corrected.id().toString(), corrected)));

        // Then
        await().untilAsserted(() -> assertThat(stage.rows("SELECT FROM leads")).hasSize(1));
        assertThat(stage.release().messages()).isZero();
        stage.store(late);
        stage.aMinuteLater();
        reconciliation.reconcile(10);
        assertThat(stage.row(waiting.id()).getString("failure_reason")).isEqualTo("withdrawn");
        assertThat(stage.row(late.id()).getString("failure_reason")).isEqualTo("withdrawn");
    }

    @Test
    void a_deleted_devices_messages_and_a_moved_leads_are_to_be_reconciled() {
        // Given
        LeadSnapshot lead = lead(Cast.MERAH, 1);
        DeviceSnapshot gone = device(Cast.BIRU, 2, DeviceStatus.OFFLINE, true);

        // When
        publisher.publish(List.of(
                new OutboxRecord(Topic.LEADS, lead.id().toString(), lead),
                new OutboxRecord(Topic.LEADS, lead.id().toString(), lead(Cast.BIRU, 2)),
                new OutboxRecord(Topic.DEVICES, gone.id().toString(), gone)));

        // Then
        await().untilAsserted(() -> assertThat(stage.rows("SELECT subject FROM reconciliations ORDER BY subject"))
                .extracting(row -> row.getString("subject"))
                .containsExactly("device", "lead"));
    }

    @Test
    void a_deleted_device_is_reconciled_once_when_the_news_of_its_leads_have_had_their_time_to_come() {
        // Given
        publish(device(Cast.BIRU, 2, DeviceStatus.OFFLINE, true));
        await().untilAsserted(() -> assertThat(stage.rows("SELECT FROM reconciliations WHERE subject = 'device'"
                        + " AND due_at = changed_at + interval '16 minutes'"))
                .hasSize(1));
        stage.rows("DELETE FROM reconciliations");

        // When
        publish(device(Cast.BIRU, 2, DeviceStatus.OFFLINE, true));
        DeviceId witness = new DeviceId(UUID.randomUUID());
        publisher.publish(List.of(
                new OutboxRecord(Topic.DEVICES, Cast.BIRU.toString(), device(witness, 1, DeviceStatus.ONLINE))));

        // Then
        await().untilAsserted(() -> assertThat(device(witness)).hasSize(1));
        assertThat(stage.rows("SELECT FROM reconciliations WHERE key = $1", Cast.BIRU.toString()))
                .isEmpty();
    }

    @Test
    void what_waits_for_a_device_that_turns_out_to_be_somebody_elses_fails() {
        // Given
        DeviceId unseen = new DeviceId(UUID.randomUUID());
        BroadcastMessage foreign = Cast.direct(unseen, Cast.ANI, Cast.aMinuteAgo());
        stage.store(foreign);

        // When
        publish(device(unseen, Cast.RAZAK, 1, DeviceStatus.ONLINE, false));

        // Then
        await().untilAsserted(() -> assertThat(device(unseen)).containsExactly("online"));
        assertThat(stage.release()).as("released for another's device").isEqualTo(new Released(1, 0));
        stage.aMinuteLater();
        reconciliation.reconcile(10);
        assertThat(stage.row(foreign.id()).getString("failure_reason")).isEqualTo("wrong_owner");
    }

    @Test
    void an_opt_out_that_is_told_again_does_not_write_down_who_was_erased_since() {
        // Given
        Suppression before = new Suppression(Cast.AMINAH, Cast.phone(Cast.ANI), "STOP", Instant.now(), 7, false);
        Suppression lifted = new Suppression(Cast.AMINAH, Cast.phone(Cast.ANI), null, Instant.now(), 8, true);
        snapshots.takeSuppressions(List.of(before));
        database.doInTransaction(tx -> erased.forget(tx, Cast.AMINAH, Cast.phone(Cast.ANI)));

        // When
        snapshots.takeSuppressions(List.of(before));

        // Then
        assertThat(stage.rows("SELECT FROM suppressions")).isEmpty();
        snapshots.takeSuppressions(List.of(lifted));
        assertThat(stage.rows("SELECT FROM suppressions WHERE deleted")).hasSize(1);
    }

    @Test
    void plans_leads_and_suppressions_are_kept() {
        // Given
        Plan plan = new Plan(
                UUID.randomUUID(),
                PlanKind.CAMPAIGN,
                Cast.AMINAH,
                PlanStatus.ACTIVE,
                1,
                "Black Friday Sale",
                1,
                false,
                true,
                Instant.parse("2026-11-28T10:00:00Z"));
        LeadSnapshot lead = lead(Cast.MERAH, 1);
        Suppression suppression = new Suppression(
                Cast.AMINAH, new PhoneNumber("60198765432"), "STOP", Instant.parse("2026-11-28T02:00:00Z"), 1, false);

        // When
        publisher.publish(List.of(
                new OutboxRecord(Topic.PLANS, plan.id().toString(), plan),
                new OutboxRecord(Topic.LEADS, lead.id().toString(), lead),
                new OutboxRecord(Topic.SUPPRESSIONS, suppression.key(), suppression)));

        // Then
        await().untilAsserted(() -> {
            assertThat(stage.rows("SELECT FROM plans WHERE once_per_phone")).hasSize(1);
            assertThat(stage.rows("SELECT FROM leads")).hasSize(1);
            assertThat(stage.rows(
                            "SELECT FROM suppressions WHERE reason = 'STOP' AND decided_at = '2026-11-28T02:00:00Z'"))
                    .hasSize(1);
        });
    }

    /** Its owner may be away at that time, or the news of it late: all night nobody would say that it is paused. */
    @Test
    void a_plan_that_is_open_until_a_time_pauses_by_itself_until_it_is_told_to_be_open_again() {
        // Given
        stage.store(Cast.campaign(Cast.MERAH, Cast.ANI, 1), Cast.campaign(Cast.MERAH, Cast.BUDI, 1));
        Instant evening = Instant.now().plusSeconds(3_600).truncatedTo(ChronoUnit.MICROS);
        snapshots.takePlans(List.of(openUntil(evening, PlanStatus.ACTIVE, 1)));
        assertThat(dueToPause()).containsExactly(evening);
        stage.release();
        assertThat(stage.statuses()).containsEntry("processing", 2L);
        stage.store(Cast.campaign(Cast.BIRU, Cast.CITRA, 1));

        // When
        eveningHasCome();

        // Then
        assertThat(stage.release().messages()).isZero();
        reconcileAll();
        assertThat(stage.rows("SELECT FROM broadcast_messages WHERE parked")).hasSize(1);
        assertThat(stage.rows("SELECT FROM broadcast_messages WHERE status = 'processing' AND recall_at <= now()"))
                .as("asked back")
                .hasSize(2);
        snapshots.takePlans(List.of(openUntil(evening.plusSeconds(86_400), PlanStatus.ACTIVE, 2)));
        reconcileAll();
        assertThat(stage.release().messages()).isOne();
        assertThat(dueToPause()).containsExactly(evening.plusSeconds(86_400));
    }

    /** Such as those of a retry or another title, before the pass over its messages has ended. */
    @Test
    void news_with_the_time_that_has_just_passed_do_not_keep_what_waits_from_being_parked() {
        // Given
        stage.store(Cast.campaign(Cast.MERAH, Cast.ANI, 1));
        snapshots.takePlans(List.of(openUntil(Instant.now().plusSeconds(3_600), PlanStatus.ACTIVE, 1)));
        eveningHasCome();
        Instant evening = stage.rows("SELECT open_until FROM plans WHERE id = $1", Cast.BLACK_FRIDAY.value())
                .getFirst()
                .getOffsetDateTime("open_until")
                .toInstant();

        // When
        snapshots.takePlans(List.of(openUntil(evening, PlanStatus.ACTIVE, 2)));
        reconcileAll();

        // Then
        assertThat(stage.rows("SELECT FROM broadcast_messages WHERE parked")).hasSize(1);
    }

    @Test
    void a_plan_that_its_owner_closes_does_not_pause_once_more_by_itself() {
        // Given
        Instant evening = Instant.now().plusSeconds(3_600);
        snapshots.takePlans(List.of(openUntil(evening, PlanStatus.ACTIVE, 1)));

        // When
        snapshots.takePlans(List.of(openUntil(Plan.NOT_OPEN, PlanStatus.PAUSED, 2)));

        // Then
        assertThat(dueToPause()).isEmpty();
    }

    @Test
    void what_comes_for_a_plan_that_has_closed_by_itself_waits_out_of_the_sight_of_the_release() {
        // Given
        snapshots.takePlans(List.of(openUntil(Instant.now().minusSeconds(1), PlanStatus.COMPLETED, 1)));

        // When
        stage.store(Cast.campaign(Cast.MERAH, Cast.ANI, 1));

        // Then
        assertThat(stage.rows("SELECT FROM broadcast_messages WHERE parked")).hasSize(1);
    }

    @Test
    void what_a_campaign_and_a_device_were_in_between_is_told_also_when_all_news_come_at_once() {
        // Given
        stage.rows("INSERT INTO event_listeners (user_id) VALUES ($1)", Cast.AMINAH.value());
        CampaignId failed = new CampaignId(new UUID(0, 1));
        CampaignId repeated = new CampaignId(new UUID(0, 2));
        List<Plan> plans = List.of(
                plan(failed, PlanStatus.ACTIVE, 1, 1),
                plan(repeated, PlanStatus.ACTIVE, 1, 1),
                plan(failed, PlanStatus.FAILED, 1, 2),
                plan(repeated, PlanStatus.COMPLETED, 1, 2),
                plan(repeated, PlanStatus.ACTIVE, 2, 3));

        // When
        snapshots.takePlans(plans);
        snapshots.takePlans(plans);
        snapshots.takeDevices(
                List.of(device(Cast.MERAH, 2, DeviceStatus.OFFLINE), device(Cast.MERAH, 3, DeviceStatus.ONLINE)));

        // Then
        assertThat(stage.rows("SELECT type, subject, data::jsonb->>'run' AS run FROM new_events ORDER BY n"))
                .extracting(row -> row.getString("type") + " " + row.getString("subject") + " " + row.getString("run"))
                .containsExactly(
                        "campaign.failed " + failed + " 1",
                        "campaign.completed " + repeated + " 1",
                        "device.offline " + Cast.MERAH + " null",
                        "device.online " + Cast.MERAH + " null");
    }

    @Test
    void a_campaign_that_is_first_heard_of_when_it_has_ended_is_history() {
        stage.rows("INSERT INTO event_listeners (user_id) VALUES ($1)", Cast.AMINAH.value());

        snapshots.takePlans(List.of(plan(new CampaignId(UUID.randomUUID()), PlanStatus.COMPLETED, 1, 7)));

        assertThat(stage.rows("SELECT FROM plans")).hasSize(1);
        assertThat(stage.rows("SELECT FROM new_events")).isEmpty();
    }

    private static Plan plan(CampaignId id, PlanStatus status, int run, long version) {
        return new Plan(
                id.value(),
                PlanKind.CAMPAIGN,
                Cast.AMINAH,
                status,
                run,
                "Black Friday Sale",
                version,
                false,
                false,
                null);
    }

    private static Plan openUntil(Instant time, PlanStatus status, long version) {
        return new Plan(
                Cast.BLACK_FRIDAY.value(),
                PlanKind.CAMPAIGN,
                Cast.AMINAH,
                status,
                1,
                "Black Friday Sale",
                version,
                false,
                false,
                time);
    }

    private List<Instant> dueToPause() {
        return stage.rows("SELECT due_at FROM reconciliations WHERE subject = 'hours'").stream()
                .map(row -> row.getOffsetDateTime("due_at").toInstant())
                .toList();
    }

    /** What was told an hour ago has been reconciled since. */
    private void eveningHasCome() {
        stage.rows("DELETE FROM reconciliations WHERE subject = 'plan'");
        stage.rows("UPDATE plans SET open_until = now()");
        stage.rows("UPDATE reconciliations SET changed_at = now(), due_at = now()");
        stage.rows("UPDATE device_queue SET next_due = now()");
    }

    private void reconcileAll() {
        while (reconciliation.reconcile(10)) {}
    }

    private void publish(BroadcastMessage... messages) {
        publisher.publish(Stream.of(messages)
                .map(m ->
                        new OutboxRecord(Topic.BROADCAST_MESSAGES, m.deviceId().toString(), m))
                .toList());
    }

    private void publish(DeviceSnapshot device) {
        publisher.publish(List.of(new OutboxRecord(Topic.DEVICES, device.id().toString(), device)));
    }

    private List<String> device(DeviceId id) {
        return stage.rows("SELECT status FROM device_queue WHERE device_id = $1", id.value()).stream()
                .map(row -> row.getString("status"))
                .toList();
    }

    private static LeadSnapshot lead(DeviceId device, long version) {
        return lead(device, Cast.phone(Cast.ANI), List.of(), version);
    }

    private static LeadSnapshot lead(DeviceId device, PhoneNumber phone, List<MessageId> withdrawn, long version) {
        return new LeadSnapshot(
                Cast.ANI,
                Cast.AMINAH,
                device,
                phone,
                "Ani",
                "ecommerce",
                TargetStatus.CUSTOMER,
                List.of(),
                Attributes.NONE,
                withdrawn,
                version,
                false);
    }

    private static DeviceSnapshot device(DeviceId id, long version, DeviceStatus status) {
        return device(id, version, status, false);
    }

    private static DeviceSnapshot device(DeviceId id, long version, DeviceStatus status, boolean deleted) {
        return device(id, Cast.AMINAH, version, status, deleted);
    }

    private static DeviceSnapshot device(
            DeviceId id, UserId owner, long version, DeviceStatus status, boolean deleted) {
        return new DeviceSnapshot(
                id,
                owner,
                "Merah",
                new PhoneNumber("60123456789"),
                "wablas",
                status,
                Instant.now(),
                null,
                null,
                null,
                null,
                Cast.KUALA_LUMPUR,
                version,
                deleted,
                null,
                null,
                null,
                null);
    }
}
