package io.siaran.gateway.lane;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.siaran.gateway.breaker.BreakerConfig;
import io.siaran.gateway.breaker.BreakerMetrics;
import io.siaran.gateway.breaker.JudgeCalls;
import io.siaran.gateway.device.ConnectedDevices;
import io.siaran.gateway.journal.Attempt;
import io.siaran.gateway.journal.BeginVerdict;
import io.siaran.gateway.journal.CallOutcome;
import io.siaran.gateway.journal.Journal;
import io.siaran.gateway.journal.JournalConfig;
import io.siaran.gateway.numbercheck.CheckedNumbers;
import io.siaran.gateway.provider.Providers;
import io.siaran.gateway.registration.DeviceChecks;
import io.siaran.gateway.scene.GatewayScene;
import io.siaran.gateway.turn.CallMetrics;
import io.siaran.gateway.turn.ProviderCall;
import io.siaran.gateway.turn.Turn;
import io.siaran.gateway.turn.TurnConfig;
import io.siaran.kafka.Outbox;
import io.siaran.model.Recall;
import io.siaran.model.Send;
import io.siaran.trace.TraceExemplars;
import jakarta.inject.Inject;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Lanes of the test's own beside those of the gateway, whose turns can be halted. */
abstract class TurnScene extends GatewayScene {

    @Inject
    ConnectedDevices devices;

    @Inject
    DeviceChecks checks;

    @Inject
    Providers providers;

    @Inject
    CheckedNumbers numbers;

    @Inject
    Outbox outbox;

    @Inject
    LaneConfig config;

    @Inject
    JournalConfig journalConfig;

    @Inject
    TurnConfig turnConfig;

    @Inject
    BreakerConfig breakerConfig;

    @Inject
    Clock clock;

    final HaltingJournal journal() {
        return new HaltingJournal();
    }

    final Lanes lanes(Journal journal) {
        return lanes(journal, config);
    }

    final Lanes lanes(Journal journal, LaneConfig limits) {
        return lanes(journal, limits, new SimpleMeterRegistry());
    }

    final Lanes lanes(Journal journal, LaneConfig limits, MeterRegistry metrics) {
        ProviderCall call = new ProviderCall(
                providers,
                journal,
                new JudgeCalls(breakerConfig, new BreakerMetrics(metrics), RandomGenerator.getDefault()),
                checks,
                new CallMetrics(metrics, io.siaran.trace.MessageTraces.off(), new TraceExemplars()),
                turnConfig,
                clock);
        Turn turn = new Turn(devices, providers, numbers, journal, call, clock);
        return new Lanes(turn, journal, devices, providers, limits, metrics);
    }

    final LaneConfig stoppingWithin(Duration limit) {
        return (LaneConfig) Proxy.newProxyInstance(
                LaneConfig.class.getClassLoader(),
                new Class<?>[] {LaneConfig.class},
                (_, asked, _) -> asked.getName().equals("shutdownLimit") ? limit : asked.invoke(config));
    }

    final String state(Send send) {
        return database.run(
                        "SELECT state FROM send_journal WHERE message_id = $1 AND try_no = $2",
                        send.messageId().value(),
                        send.tryNo())
                .iterator()
                .next()
                .getString("state");
    }

    static Recall recall(Send send) {
        return new Recall(send.messageId(), send.tryNo(), send.userId(), send.deviceId());
    }

    /** The journal, and what the test does in the middle of a turn, on the turn's own thread. */
    final class HaltingJournal extends Journal {

        private static final Runnable NOTHING = () -> {};

        volatile Runnable beforeBegin = NOTHING;
        volatile Runnable afterBegin = NOTHING;
        volatile Runnable whenToldToWait = NOTHING;
        volatile Runnable beforeSettle = NOTHING;
        volatile Runnable afterSettle = NOTHING;

        private HaltingJournal() {
            super(database, outbox, journalConfig, breakerConfig);
        }

        @Override
        public BeginVerdict begin(Attempt attempt) {
            beforeBegin.run();
            BeginVerdict verdict = super.begin(attempt);
            switch (verdict) {
                case BeginVerdict.Begun _ -> afterBegin.run();
                case BeginVerdict.Wait _ -> whenToldToWait.run();
                default -> {}
            }
            return verdict;
        }

        @Override
        public boolean settle(Send send, UUID turn, CallOutcome outcome) {
            beforeSettle.run();
            boolean settled = super.settle(send, turn, outcome);
            afterSettle.run();
            return settled;
        }
    }

    /** What the lanes did with a record. */
    static final class Told implements TakenRecord {

        private volatile String end = "taken";

        @Override
        public void settled() {
            end = "settled";
        }

        @Override
        public void dropped() {
            end = "dropped";
        }

        String end() {
            return end;
        }

        boolean isSettled() {
            return end.equals("settled");
        }

        Told awaitSettled() {
            await().atMost(PATIENCE).until(this::isSettled);
            return this;
        }
    }
}
