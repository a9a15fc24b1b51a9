package io.siaran.gateway.lane;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.siaran.gateway.device.ConnectedDevices;
import io.siaran.gateway.journal.CallOutcome;
import io.siaran.gateway.journal.Journal;
import io.siaran.gateway.provider.Providers;
import io.siaran.gateway.turn.Turn;
import io.siaran.gateway.turn.TurnEnd;
import io.siaran.model.DeviceId;
import io.siaran.model.Recall;
import io.siaran.model.ReturnReason;
import io.siaran.model.Send;
import io.siaran.sql.RetryUntilDone;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import org.jboss.logging.Logger;

/** The lanes of the partitions that this instance owns. A lane without work does not exist. */
@ApplicationScoped
class Lanes {

    private static final Logger LOG = Logger.getLogger(Lanes.class);

    private final Turn turn;
    private final Journal journal;
    private final LaneConfig config;
    private final LaneThreads threads = new LaneThreads();
    private final Typing typing;
    private final Map<DeviceId, DeviceLane> lanes = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /** By {@link System#nanoTime}. */
    private volatile long lastTurnEnded = System.nanoTime();

    Lanes(
            Turn turn,
            Journal journal,
            ConnectedDevices devices,
            Providers providers,
            LaneConfig config,
            MeterRegistry metrics) {
        this.turn = turn;
        this.journal = journal;
        this.config = config;
        this.typing = new Typing(devices, providers, threads);
        Gauge.builder("siaran.lanes", lanes, Map::size)
                .description("Devices that have something to say in this instance")
                .register(metrics);
        Gauge.builder("siaran.turns.stuck", this::stuckFor)
                .baseUnit("seconds")
                .description("For how long turns have been taken in this instance, or have failed, and none has ended")
                .register(metrics);
    }

    /** Queues it behind what its device has to say. */
    void add(int partition, Send send, TakenRecord record) {
        if (stopping) {
            record.dropped();
            return;
        }
        lanes.compute(send.deviceId(), (device, known) -> {
            DeviceLane lane = known == null ? open(partition, device) : known;
            lane.add(new QueuedSend(send, record));
            return lane;
        });
    }

    /** Takes the try back if it has not begun; else its outcome is published, now or by whoever settles it. */
    void recall(Recall recall, TakenRecord record) {
        if (stopping) {
            record.dropped();
            return;
        }
        threads.run(() -> {
            Optional<QueuedSend> queued = lane(recall).flatMap(lane -> lane.remove(recall));
            forgetIdle(recall.deviceId());
            RetryUntilDone.run("recall", () -> giveBack(recall, queued));
            queued.ifPresent(send -> send.record().settled());
            lane(recall).ifPresent(lane -> lane.ended(recall));
            record.settled();
        });
    }

    private Optional<DeviceLane> lane(Recall recall) {
        return Optional.ofNullable(lanes.get(recall.deviceId()));
    }

    /** A waiting try may have begun all the same, when the database was away; only this lane knows its turn and can settle that. */
    private boolean giveBack(Recall recall, Optional<QueuedSend> queued) {
        return journal.giveBack(recall, ReturnReason.RECALLED, null)
                || queued.filter(waited -> journal.settle(waited.send(), waited.turn(), CallOutcome.TAKEN_BACK))
                        .isPresent();
    }

    /** The partitions belong to somebody else now: their lanes begin no turn any more, and acknowledge nothing unsent. */
    void leave(IntPredicate partitions) {
        lanes.values().removeIf(lane -> {
            boolean left = partitions.test(lane.partition());
            if (left) {
                lane.close();
            }
            return left;
        });
    }

    /** Makes this bean, and with it its series, at the start. */
    void exist(@Observes StartupEvent started) {}

    /** What has not begun is left to the next owner; what is under way ends and is settled, within the limit. */
    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        leave(_ -> true);
        if (!threads.stop(config.shutdownLimit())) {
            LOG.warn("calls were cut by the shutdown limit; the rescuer will settle them as unknown");
        }
    }

    private DeviceLane open(int partition, DeviceId device) {
        return new DeviceLane(partition, this::take, threads, typing, () -> forgetIdle(device));
    }

    private TurnEnd take(Send send, UUID id) {
        TurnEnd end = turn.take(send, id);
        lastTurnEnded = System.nanoTime();
        return end;
    }

    /** A single lane whose turn never ends is no standstill: others go on beside it. */
    private double stuckFor() {
        long now = System.nanoTime();
        long sinceLast = now - lastTurnEnded;
        return lanes.values().stream()
                .flatMap(lane -> lane.turnOpenSince().stream())
                .mapToDouble(since -> Math.max(0, Math.min(now - since, sinceLast)) / 1e9)
                .max()
                .orElse(0);
    }

    private void forgetIdle(DeviceId device) {
        lanes.computeIfPresent(device, (_, lane) -> lane.isIdle() ? null : lane);
    }
}
