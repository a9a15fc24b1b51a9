package io.siaran.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.siaran.e2e.gateway.GatewayGroup.Device;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.Send;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Invariants 4 and 5 on gateways that die, freeze, come, go, hear everything again and lose their database. */
class GatewayGroupIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static GatewayGroup group;
    private static Dispatch dispatch;
    private static Phones phones;

    @BeforeAll
    static void open() {
        group = new GatewayGroup();
        dispatch = new Dispatch(group.kafka());
        phones = new Phones(group.simulator());
    }

    @AfterAll
    static void close() throws Exception {
        dispatch.close();
        group.close();
    }

    @Test
    void a_process_that_freezes_anywhere_in_a_turn_and_wakes_after_its_takeover_doubles_and_hurries_nothing()
            throws Exception {
        // Given: one gateway, and a device for each point of a turn
        GatewayProcess zombie = group.members(1).getFirst();
        Device beforeBegin = spoken(zombie, "before-begin");
        Device beforeRequest = spoken(zombie, "before-request");
        Device inCall = spoken(zombie, "in-call");
        Device beforeSettle = spoken(zombie, "before-settle");
        Duration longCall = Duration.ofMillis(3_600);
        Duration shortCall = Duration.ofMillis(1_500);
        group.holdEveryCallOpen(inCall, longCall);
        group.holdEveryCallOpen(beforeSettle, shortCall);
        List<Send> called = dispatch.release(inCall, 3, 1);
        List<Send> answered = dispatch.release(beforeSettle, 3, 1);
        await().atMost(PATIENCE)
                .until(() -> phones.received(answered.getFirst()) && phones.received(called.getFirst()));
        Instant begun = Instant.now();
        List<Send> committed;
        List<Send> waiting;
        try (Connection lock = lockPacing(beforeRequest)) {
            committed = dispatch.release(beforeRequest, 3, 1);
            await().atMost(PATIENCE).until(GatewayGroupIT::aTurnWaitsForTheLock);
            // Its gateway runs one statement at a time: from here on no turn begins and none is settled.
            waiting = dispatch.release(beforeBegin, 3, 1);
            await().atMost(PATIENCE)
                    .until(() -> Instant.now().isAfter(begun.plus(shortCall).plusMillis(500)));

            // When
            zombie.freeze();
            lock.rollback();
        }
        Instant frozen = Instant.now();
        group.join();
        await().atMost(PATIENCE).until(() -> Instant.now().isAfter(frozen.plus(GatewayGroup.LONG_SILENCE)));
        await().atMost(PATIENCE).until(() -> openCalls() == 0);
        zombie.wake();

        // Then
        List<Send> all = Stream.of(called, answered, committed, waiting)
                .flatMap(List::stream)
                .toList();
        awaitLastWords(all);
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(dispatch.told(committed.getFirst()).getFirst())
                    .as("begun, never called, rescued by another")
                    .isInstanceOf(DeliveryEvent.Unknown.class);
            assertThat(dispatch.told(committed.getFirst()).getLast())
                    .as("then put right")
                    .isInstanceOf(DeliveryEvent.Returned.class);
            assertThat(dispatch.told(answered.getFirst()).getLast())
                    .as("answered, and settled after the rescue")
                    .isInstanceOf(DeliveryEvent.Accepted.class);
        });
        assertThat(phones.received(committed.getFirst())).isFalse();
        all.stream()
                .filter(send -> send != committed.getFirst() && send != called.getFirst())
                .forEach(send -> assertThat(dispatch.told(send).getLast()).isInstanceOf(DeliveryEvent.Accepted.class));
        phones.hadNothingTwice();
        phones.hadNoPauseBelow(PAUSE, waiting, Duration.ZERO);
        phones.hadNoPauseBelow(PAUSE, committed, Duration.ZERO);
        phones.hadNoPauseBelow(PAUSE, called, longCall);
        phones.hadNoPauseBelow(PAUSE, answered, shortCall);
    }

    @Test
    void members_that_are_killed_added_and_ended_lose_and_double_nothing_and_only_a_kill_makes_unknowns()
            throws Exception {
        // Given
        List<GatewayProcess> members = group.members(2);
        Duration call = Duration.ofMillis(300);
        List<Device> devices = new ArrayList<>();
        List<Send> sends = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Device device = group.device(members.getFirst(), "merah");
            group.holdEveryCallOpen(device, call);
            devices.add(device);
        }
        for (Device device : devices) {
            sends.addAll(dispatch.release(device, 25, 1));
        }
        await().atMost(PATIENCE).until(() -> phones.received(devices) >= 16);

        // When
        group.kill(members.get(0));
        Instant killed = Instant.now();
        // Before the join: on a busy machine the other may have sent almost all by the time the new one is there.
        int soFar = phones.received(devices);
        group.join();
        await().atMost(PATIENCE).until(() -> phones.received(devices) >= Math.min(soFar + 16, sends.size() - 16));
        Duration ending = group.end(members.get(1));

        // Then
        awaitLastWords(sends);
        assertThat(ending).isLessThan(Duration.ofSeconds(20));
        for (Send send : sends) {
            DeliveryEvent last = dispatch.told(send).getLast();
            if (last instanceof DeliveryEvent.Unknown) {
                assertThat(startOf(send)).as("an unknown that was not one").isBefore(killed);
            } else {
                assertThat(last).isInstanceOf(DeliveryEvent.Accepted.class);
                assertThat(phones.received(send)).isTrue();
            }
        }
        phones.hadNothingTwice();
        phones.hadNoPauseBelow(PAUSE, sends, call);
    }

    @Test
    void a_group_that_hears_everything_again_sends_nothing_and_tells_every_outcome_again() throws Exception {
        // Given
        GatewayProcess member = group.members(1).getFirst();
        List<Send> sends = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            sends.addAll(dispatch.release(group.device(member, "biru"), 5, 0));
        }
        awaitLastWords(sends);
        int delivered = group.simulator().deliveries().size();
        int told = sends.stream().mapToInt(send -> dispatch.told(send).size()).sum();

        // When
        group.end(member);
        group.forgetOffsets();
        group.members(1);

        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(sends)
                        .allSatisfy(send -> assertThat(dispatch.told(send)).hasSizeGreaterThan(1)));
        assertThat(told).isEqualTo(sends.size());
        assertThat(sends)
                .allSatisfy(send -> assertThat(dispatch.told(send))
                        .containsOnly(dispatch.told(send).getFirst()));
        assertThat(group.simulator().deliveries()).hasSize(delivered);
        phones.hadNothingTwice();
    }

    @Test
    void a_database_that_is_away_for_longer_than_every_limit_costs_time_and_no_message() throws Exception {
        // Given
        GatewayProcess member = group.members(1).getFirst();
        Duration call = Duration.ofMillis(200);
        List<Device> devices = new ArrayList<>();
        List<Send> sends = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Device device = group.device(member, "hijau");
            group.holdEveryCallOpen(device, call);
            devices.add(device);
            sends.addAll(dispatch.release(device, 8, 1));
        }
        await().atMost(PATIENCE).until(() -> phones.received(devices) >= 12);

        // When
        group.stopPostgres();
        int received = phones.received(devices);
        Instant back = Instant.now().plus(GatewayGroup.LONG_SILENCE);
        await().atMost(PATIENCE).until(() -> Instant.now().isAfter(back));
        int meanwhile = phones.received(devices) - received;
        group.startPostgres();

        // Then
        awaitLastWords(sends);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(sends)
                        .allSatisfy(send -> assertThat(dispatch.told(send).getLast())
                                .as("nothing stays unknown")
                                .isInstanceOfAny(DeliveryEvent.Accepted.class, DeliveryEvent.Returned.class)));
        assertThat(meanwhile).as("sent without a journal row").isZero();
        assertThat(sends)
                .allSatisfy(send -> assertThat(phones.received(send))
                        .isEqualTo(dispatch.told(send).getLast() instanceof DeliveryEvent.Accepted));
        phones.hadNothingTwice();
        phones.hadNoPauseBelow(PAUSE, sends, call);
    }

    /** A device that is known to the pacing: its next words follow its first by the pause. */
    private static Device spoken(GatewayProcess through, String name) throws Exception {
        Device device = group.device(through, name);
        awaitLastWords(dispatch.release(device, 1, 0));
        return device;
    }

    private static void awaitLastWords(List<Send> sends) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(dispatch.lastWords(sends)).hasSameSizeAs(sends));
    }

    private static Connection lockPacing(Device device) throws Exception {
        Connection connection = group.connect();
        connection.setAutoCommit(false);
        connection
                .createStatement()
                .execute("SELECT FROM device_pacing WHERE device_id = '" + device.id() + "' FOR UPDATE");
        return connection;
    }

    private static boolean aTurnWaitsForTheLock() throws Exception {
        return group.number("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'") > 0;
    }

    private static long openCalls() throws Exception {
        return group.number("SELECT count(*) FROM send_journal WHERE state = 'started' AND call_deadline < now()");
    }

    private static Instant startOf(Send send) throws Exception {
        return Instant.ofEpochMilli(group.number("SELECT extract(epoch FROM started_at) * 1000 FROM send_journal"
                + " WHERE message_id = '" + send.messageId() + "' AND try_no = " + send.tryNo()));
    }
}
