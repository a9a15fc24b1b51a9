package io.siaran.dispatch.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.Stage;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.DeviceId;
import io.siaran.model.DeviceStatus;
import io.siaran.model.LeadId;
import io.siaran.model.MessageId;
import io.siaran.sql.Database;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ReleaseTest {

    @Inject
    Stage stage;

    @Inject
    Database database;

    @Inject
    DeviceQueue devices;

    @BeforeEach
    void setTheScene() {
        stage.reset();
    }

    @Test
    void a_device_that_is_to_be_spared_pauses_also_where_no_pause_is_named() {
        // Given
        stage.store(manyFor(Cast.MERAH, 1));
        stage.rows("UPDATE broadcast_messages SET min_delay = 0, max_delay = 0");
        stage.rows("UPDATE device_queue SET slow_factor = 4");

        // When
        stage.release();

        // Then
        assertThat(stage.rows("SELECT max_pause FROM broadcast_messages"))
                .extracting(row -> row.getInteger("max_pause"))
                .containsExactly(4);
    }

    @Test
    void at_most_four_messages_of_a_device_are_in_flight() {
        // Given
        stage.store(manyFor(Cast.MERAH, 10));

        // When
        stage.release();
        stage.release();

        // Then
        assertThat(stage.statuses()).containsEntry("processing", 4L).containsEntry("pending", 6L);
        stage.assertCountsAddUp();
    }

    @Test
    void beyond_the_first_only_what_fits_in_two_minutes_of_pause_is_in_flight() {
        // Given
        stage.store(manyFor(Cast.MERAH, 4).stream()
                .map(m -> Cast.withDelay(m, 10, 50))
                .toList());
        stage.store(manyFor(Cast.BIRU, 4).stream()
                .map(m -> Cast.withDelay(m, 10, 600))
                .toList());

        // When
        stage.release();

        // Then
        assertThat(inFlight(Cast.MERAH)).hasSize(2);
        assertThat(inFlight(Cast.BIRU)).hasSize(1);
    }

    @Test
    void direct_messages_go_before_steps_and_steps_before_campaigns() {
        // Given
        BroadcastMessage campaign =
                Cast.campaign(Cast.MERAH, Cast.ANI, 1, Instant.now().minusSeconds(300));
        BroadcastMessage step = Cast.step(Cast.MERAH, Cast.BUDI, Instant.now().minusSeconds(200));
        BroadcastMessage direct =
                Cast.direct(Cast.MERAH, Cast.CITRA, Instant.now().minusSeconds(100));
        stage.store(campaign, step, direct);

        // When
        List<MessageId> order = List.of(releaseOne(), releaseOne(), releaseOne());

        // Then
        assertThat(order).containsExactly(direct.id(), step.id(), campaign.id());
    }

    @Test
    void a_campaign_that_waited_six_hours_goes_before_younger_steps_but_not_before_direct_messages() {
        // Given
        BroadcastMessage aged =
                Cast.campaign(Cast.MERAH, Cast.ANI, 1, Instant.now().minus(Duration.ofHours(7)));
        BroadcastMessage step = Cast.step(Cast.MERAH, Cast.BUDI, Instant.now().minusSeconds(200));
        BroadcastMessage direct =
                Cast.direct(Cast.MERAH, Cast.CITRA, Instant.now().minusSeconds(100));
        stage.store(step, direct, aged);

        // When
        List<MessageId> order = List.of(releaseOne(), releaseOne(), releaseOne());

        // Then
        assertThat(order).containsExactly(direct.id(), aged.id(), step.id());
    }

    @Test
    void a_release_raises_the_try_and_says_until_when_it_may_begin() {
        // Given
        BroadcastMessage first = Cast.withDelay(Cast.direct(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo()), 0, 20);
        BroadcastMessage second = Cast.withDelay(Cast.campaign(Cast.MERAH, Cast.BUDI, 1), 0, 30);
        stage.store(first, second);

        // When
        stage.release();

        // Then
        assertThat(stage.row(first.id()).getInteger("try_no")).isEqualTo(1);
        assertThat(secondsFromNow(first.id(), "not_after")).isBetween(135L, 140L);
        assertThat(secondsFromNow(second.id(), "not_after")).isBetween(165L, 170L);
        assertThat(secondsFromNow(second.id(), "lease_until")).isBetween(245L, 250L);
    }

    @Test
    void nothing_is_released_for_a_device_that_is_not_online_or_unknown_nor_before_its_time() {
        // Given
        stage.is(Cast.MERAH, Cast.AMINAH, DeviceStatus.PAUSED);
        stage.store(Cast.direct(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo()));
        stage.store(Cast.direct(new DeviceId(UUID.randomUUID()), Cast.ANI, Cast.aMinuteAgo()));
        stage.store(Cast.direct(Cast.BIRU, Cast.ANI, Instant.now().plusSeconds(60)));

        // When
        stage.release();

        // Then
        assertThat(stage.statuses()).containsOnlyKeys("pending");
    }

    @Test
    void a_device_with_nothing_to_do_now_is_not_looked_at_again() {
        // Given
        stage.store(Cast.direct(Cast.BIRU, Cast.ANI, Instant.now().plusSeconds(60)));
        stage.store(manyFor(Cast.MERAH, 5));

        // When
        stage.release();

        // Then
        assertThat(stage.release().devices()).isZero();
    }

    @Test
    void of_workers_that_race_none_releases_a_message_twice_or_overfills_a_window() throws Exception {
        // Given
        List<DeviceId> fleet = IntStream.range(0, 50)
                .mapToObj(i -> new DeviceId(UUID.randomUUID()))
                .toList();
        fleet.forEach(device -> stage.online(device, Cast.AMINAH));
        stage.store(
                fleet.stream().flatMap(device -> manyFor(device, 10).stream()).toList());

        // When
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Void> worker = () -> {
                for (int round = 0; round < 20; round++) {
                    database.inTransaction(tx -> devices.release(tx, smallBatches()));
                    assertThat(overfilled()).isEmpty();
                    wakeAll();
                }
                return null;
            };
            for (var done : workers.invokeAll(List.of(worker, worker, worker, worker))) {
                done.get();
            }
        }

        // Then
        assertThat(stage.statuses()).containsEntry("processing", 200L).containsEntry("pending", 300L);
        assertThat(stage.rows("SELECT id FROM broadcast_messages WHERE try_no > 1"))
                .isEmpty();
        stage.assertCountsAddUp();
    }

    private static List<BroadcastMessage> manyFor(DeviceId device, int count) {
        return Stream.generate(() -> Cast.campaign(device, new LeadId(UUID.randomUUID()), 1))
                .limit(count)
                .map(m -> Cast.withDelay(m, 0, 1))
                .toList();
    }

    private static ReleaseTerms smallBatches() {
        return new ReleaseTerms(
                7,
                Stage.TERMS.window(),
                Stage.TERMS.pauseInFlight(),
                Stage.TERMS.startGrace(),
                Stage.TERMS.leaseMargin(),
                Stage.TERMS.defaultDelay(),
                Stage.TERMS.campaignsAgeAfter());
    }

    private void wakeAll() {
        database.run("UPDATE device_queue SET next_due = now() WHERE device_id IN"
                + " (SELECT device_id FROM device_queue ORDER BY random() LIMIT 20 FOR UPDATE SKIP LOCKED)");
    }

    private List<Row> overfilled() {
        return stage.rows("SELECT device_id FROM broadcast_messages WHERE status = 'processing'"
                + " GROUP BY device_id HAVING count(*) > 4");
    }

    private List<Row> inFlight(DeviceId device) {
        return stage.rows(
                "SELECT id FROM broadcast_messages WHERE status = 'processing' AND device_id = $1", device.value());
    }

    /** Releases with a window of one, and makes room again. */
    private MessageId releaseOne() {
        database.inTransaction(tx -> devices.release(
                tx,
                new ReleaseTerms(
                        10,
                        1,
                        Stage.TERMS.pauseInFlight(),
                        Stage.TERMS.startGrace(),
                        Stage.TERMS.leaseMargin(),
                        Stage.TERMS.defaultDelay(),
                        Stage.TERMS.campaignsAgeAfter())));
        MessageId released = new MessageId(inFlight(Cast.MERAH).getFirst().getUUID("id"));
        database.run(
                "UPDATE broadcast_messages SET status = 'sent', sent_at = now(), lease_until = NULL, recall_at = NULL,"
                        + " max_pause = NULL WHERE id = $1",
                released.value());
        database.run("UPDATE device_queue SET next_due = now()");
        return released;
    }

    private long secondsFromNow(MessageId id, String column) {
        return Duration.between(
                        Instant.now(), stage.row(id).getOffsetDateTime(column).toInstant())
                .toSeconds();
    }
}
