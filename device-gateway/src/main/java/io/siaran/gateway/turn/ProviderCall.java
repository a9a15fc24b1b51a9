package io.siaran.gateway.turn;

import io.micrometer.core.instrument.MeterRegistry;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.journal.CallOutcome;
import io.siaran.gateway.journal.Journal;
import io.siaran.gateway.provider.OutgoingMessage;
import io.siaran.gateway.provider.Providers;
import io.siaran.gateway.provider.SendOutcome;
import io.siaran.gateway.registration.DeviceChecks;
import io.siaran.model.DeviceId;
import io.siaran.model.Send;
import io.siaran.sql.RetryUntilDone;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The call of a platform for a try that has begun, and its settling, whatever happens. On a virtual thread. */
@ApplicationScoped
public class ProviderCall {

    private static final Logger LOG = Logger.getLogger(ProviderCall.class);

    private final Providers providers;
    private final Journal journal;
    private final DeviceChecks checks;
    private final Duration latestRequest;
    private final Clock clock;
    private final MeterRegistry metrics;

    public ProviderCall(
            Providers providers,
            Journal journal,
            DeviceChecks checks,
            TurnConfig config,
            Clock clock,
            MeterRegistry metrics) {
        this.providers = providers;
        this.journal = journal;
        this.checks = checks;
        this.latestRequest = config.latestRequest();
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * Calls unless it is too late for that, and returns when the outcome is in the journal.
     *
     * @param turn who began the try
     * @param askedAt when the turn's commit was asked for, by {@link System#nanoTime()}
     */
    TurnEnd make(Send send, UUID turn, ConnectedDevice device, OutgoingMessage message, long askedAt) {
        SendOutcome outcome = isLate(askedAt)
                ? new SendOutcome.NotSent("the process stood still after the commit")
                : send(device, message);
        CallOutcome end = CallOutcome.of(outcome, clock);
        boolean settled = RetryUntilDone.run("settling", () -> journal.settle(send, turn, end));
        count(device, end, settled);
        if (outcome instanceof SendOutcome.DeviceRefused refused) {
            hold(device.id(), device.version(), Health.refusal(refused.cause(), refused.reason()));
        }
        return new TurnEnd.Called();
    }

    private boolean isLate(long askedAt) {
        return System.nanoTime() - askedAt > latestRequest.toNanos();
    }

    private SendOutcome send(ConnectedDevice device, OutgoingMessage message) {
        try {
            return providers.of(device.platform()).send(device, message);
        } catch (RuntimeException | Error bug) {
            // An error as well: the request may be out already.
            LOG.errorf(bug, "the adapter threw platform=%s message=%s", device.platform(), message.id());
            return new SendOutcome.Unknown("a bug of ours: " + bug.getClass().getSimpleName());
        }
    }

    /** Nothing more goes to a device that was refused, until a check says otherwise. */
    void hold(DeviceId device, long version, Health health) {
        try {
            checks.observed(device, version, health);
        } catch (RuntimeException failure) {
            // The next check finds it as well.
            LOG.warnf(failure, "a refused device was not held device=%s", device);
        }
    }

    private void count(ConnectedDevice device, CallOutcome end, boolean settled) {
        metrics.counter(
                        "siaran.calls",
                        "platform",
                        device.platform().wire(),
                        "outcome",
                        end.state(),
                        "settled",
                        settled ? "in_time" : "after_rescue")
                .increment();
    }
}
