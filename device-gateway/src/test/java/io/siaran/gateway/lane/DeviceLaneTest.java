package io.siaran.gateway.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.siaran.gateway.Cast;
import io.siaran.gateway.turn.TurnEnd;
import io.siaran.model.DeviceId;
import io.siaran.model.MessageId;
import io.siaran.model.Recall;
import io.siaran.model.Send;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A lane over turns that the test holds in its hands. */
class DeviceLaneTest {

    private static final Cast.Registered MERAH =
            new Cast.Registered(new DeviceId(UUID.randomUUID()), Cast.SINAR, "sim-merah");

    private final LaneThreads threads = new LaneThreads();
    private final Typing silent = new Typing(
            _ -> Optional.empty(),
            _ -> {
                throw new AssertionError("nobody types");
            },
            threads);
    private final Semaphore mayTurn = new Semaphore(0);
    private final List<MessageId> turns = new CopyOnWriteArrayList<>();
    private final Map<MessageId, String> told = new ConcurrentHashMap<>();
    private final AtomicInteger idle = new AtomicInteger();
    private volatile TurnEnd end = new TurnEnd.Called();
    private volatile Error failure;
    private final DeviceLane lane = new DeviceLane(0, (send, _) -> turn(send), threads, silent, idle::incrementAndGet);

    @AfterEach
    void stop() {
        mayTurn.release(100);
        threads.stop(Duration.ofSeconds(5));
    }

    @Test
    void turns_come_one_at_a_time_in_order() {
        // Given
        List<Send> sends = IntStream.range(0, 20).mapToObj(_ -> send()).toList();

        // When
        sends.forEach(this::add);
        mayTurn.release(20);

        // Then
        await().untilAsserted(() -> assertThat(idle).hasPositiveValue());
        assertThat(turns).isEqualTo(sends.stream().map(Send::messageId).toList());
        assertThat(told.values()).hasSize(20).containsOnly("settled");
    }

    @Test
    void a_recalled_send_that_waits_is_taken_out_and_one_that_speaks_is_not() {
        // Given
        Send speaking = add(send());
        Send waiting = add(send());
        await().untilAsserted(() -> assertThat(turns).hasSize(1));

        // When // Then
        assertThat(lane.remove(recall(speaking))).isEmpty();
        assertThat(lane.remove(recall(waiting))).isPresent();
        mayTurn.release(2);
        await().untilAsserted(() -> assertThat(lane.isIdle()).isTrue());
        assertThat(turns).containsExactly(speaking.messageId());
    }

    @Test
    void recalling_the_next_lets_the_one_behind_it_begin_at_its_own_time() {
        // Given
        end = new TurnEnd.TryAgain(Duration.ofHours(1));
        mayTurn.release(100);
        Send waitsLong = add(send());
        await().untilAsserted(() -> assertThat(turns).hasSize(1));
        Send behind = add(send());

        // When
        end = new TurnEnd.Called();
        await().until(() -> lane.remove(recall(waitsLong)).isPresent());

        // Then
        await().untilAsserted(() -> assertThat(turns).endsWith(behind.messageId()));
    }

    @Test
    void what_waits_behind_a_call_that_holds_its_device_asks_at_once_whatever_its_pause() {
        // Given
        end = new TurnEnd.Held();
        List<Send> sends = IntStream.range(0, 4)
                .mapToObj(_ -> Cast.send(MERAH, Cast.message(), Cast.ANI, 1, null, 3_600))
                .toList();

        // When
        sends.forEach(this::add);
        mayTurn.release(4);

        // Then
        await().untilAsserted(() -> assertThat(turns).hasSize(4));
    }

    @Test
    void a_closed_lane_ends_the_turn_under_way_and_drops_the_rest() {
        // Given
        Send speaking = add(send());
        Send waiting = add(send());
        await().untilAsserted(() -> assertThat(turns).hasSize(1));

        // When
        lane.close();
        mayTurn.release(2);

        // Then
        await().untilAsserted(() -> assertThat(told)
                .containsEntry(speaking.messageId(), "settled")
                .containsEntry(waiting.messageId(), "dropped"));
        assertThat(turns).containsExactly(speaking.messageId());
    }

    @Test
    void a_turn_that_fails_is_taken_again_and_nothing_overtakes_it() {
        // Given
        end = null;
        mayTurn.release(100);
        Send first = add(send());
        Send second = add(send());
        await().untilAsserted(() -> assertThat(turns).hasSizeGreaterThanOrEqualTo(2));

        // When
        end = new TurnEnd.Called();

        // Then
        await().untilAsserted(() -> assertThat(lane.isIdle()).isTrue());
        assertThat(turns.subList(0, turns.size() - 1)).containsOnly(first.messageId());
        assertThat(turns).endsWith(second.messageId());
    }

    @Test
    void a_turn_that_ends_in_an_error_does_not_silence_the_lane() {
        // Given
        mayTurn.release(100);
        failure = new StackOverflowError();
        Send first = add(send());
        await().untilAsserted(() -> assertThat(turns).hasSizeGreaterThanOrEqualTo(2));

        // When
        failure = null;

        // Then
        await().untilAsserted(() -> assertThat(told).containsEntry(first.messageId(), "settled"));
    }

    @Test
    void what_comes_to_a_closed_lane_is_dropped() {
        // Given
        lane.close();

        // When
        Send late = add(send());

        // Then
        assertThat(told).containsEntry(late.messageId(), "dropped");
        assertThat(lane.isIdle()).isTrue();
    }

    private TurnEnd turn(Send send) {
        turns.add(send.messageId());
        mayTurn.acquireUninterruptibly();
        if (failure != null) {
            throw failure;
        }
        if (end == null) {
            throw new IllegalStateException("the database is away");
        }
        return end;
    }

    private Send add(Send send) {
        lane.add(new QueuedSend(send, new TakenRecord() {
            @Override
            public void settled() {
                told.put(send.messageId(), "settled");
            }

            @Override
            public void dropped() {
                told.put(send.messageId(), "dropped");
            }
        }));
        return send;
    }

    private static Send send() {
        return Cast.send(MERAH, Cast.message(), Cast.ANI);
    }

    private static Recall recall(Send send) {
        return new Recall(send.messageId(), send.tryNo(), send.userId(), send.deviceId());
    }
}
