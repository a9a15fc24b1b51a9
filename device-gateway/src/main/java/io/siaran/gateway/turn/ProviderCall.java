package io.siaran.gateway.turn;

import io.siaran.gateway.breaker.Breaker;
import io.siaran.gateway.breaker.JudgeCalls;
import io.siaran.gateway.breaker.Judgement;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.journal.BeginVerdict;
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
import java.time.Instant;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The call of a platform for a try that has begun, and its settling, whatever happens. On a virtual thread. */
@ApplicationScoped
public class ProviderCall {

    private static final Logger LOG = Logger.getLogger(ProviderCall.class);

    private final Providers providers;
    private final Journal journal;
    private final JudgeCalls breakers;
    private final DeviceChecks checks;
    private final CallMetrics metrics;
    private final Duration latestRequest;
    private final Clock clock;

    public ProviderCall(
            Providers providers,
            Journal journal,
            JudgeCalls breakers,
            DeviceChecks checks,
            CallMetrics metrics,
            TurnConfig config,
            Clock clock) {
        this.providers = providers;
        this.journal = journal;
        this.breakers = breakers;
        this.checks = checks;
        this.metrics = metrics;
        this.latestRequest = config.latestRequest();
        this.clock = clock;
    }

    /**
     * Calls unless it is too late for that, and returns when the outcome is in the journal, and with it what it makes of the
     * device's breaker.
     *
     * @param turn who began the try
     */
    TurnEnd make(Send send, UUID turn, ConnectedDevice device, OutgoingMessage message, BeginVerdict.Begun begun) {
        if (isLate(begun.askedAt())) {
            SendOutcome.NotSent late = new SendOutcome.NotSent("the process stood still after the commit");
            settle(send, turn, device, CallOutcome.of(late, Judgement.NONE, null));
            return new TurnEnd.Called();
        }
        Instant called = metrics.now();
        SendOutcome outcome = send(device, message);
        metrics.lasted(device.platform(), message.id(), outcome, called);
        Judgement judgement = breakers.judge(begun.breaker(), CallEvidence.of(outcome));
        Duration refusedFor = outcome instanceof SendOutcome.DeviceRefused refused ? time(refused, judgement) : null;
        settle(send, turn, device, CallOutcome.of(outcome, judgement, refusedFor));
        if (outcome instanceof SendOutcome.DeviceRefused refused) {
            refuse(device, refused, refusedFor);
            return new TurnEnd.Held();
        }
        return judgement.hold().isPresent() ? new TurnEnd.Held() : new TurnEnd.Called();
    }

    private boolean isLate(long askedAt) {
        return System.nanoTime() - askedAt > latestRequest.toNanos();
    }

    private SendOutcome send(ConnectedDevice device, OutgoingMessage message) {
        try {
            return of(message, providers.of(device.platform()).send(device, message));
        } catch (RuntimeException | Error bug) {
            // An error as well: the request may be out already.
            LOG.errorf(bug, "the adapter threw platform=%s message=%s", device.platform(), message.id());
            return new SendOutcome.Unknown("a bug of ours: " + bug.getClass().getSimpleName());
        }
    }

    /** A text has no image that a platform could fail to get: words that sound so tell of trouble of its own. */
    private static SendOutcome of(OutgoingMessage message, SendOutcome told) {
        return told instanceof SendOutcome.MediaUnavailable(String detail)
                        && message.imageUrl().isEmpty()
                ? new SendOutcome.ProviderFailed(detail)
                : told;
    }

    private void settle(Send send, UUID turn, ConnectedDevice device, CallOutcome end) {
        boolean settled = RetryUntilDone.run("settling", () -> journal.settle(send, turn, end));
        metrics.called(device.platform(), end, settled);
    }

    /** What the platform says, else longer each time that it refuses the device again. */
    private Duration time(SendOutcome.DeviceRefused refused, Judgement judgement) {
        if (refused.until() == null) {
            return breakers.refusedFor(judgement.after().orElse(Breaker.CLOSED));
        }
        Duration time = Duration.between(clock.instant(), refused.until());
        return time.isNegative() ? Duration.ZERO : time;
    }

    /** Nothing more goes to a device that was refused, until there is news that can cure it. */
    private void refuse(ConnectedDevice device, SendOutcome.DeviceRefused refused, Duration time) {
        metrics.refused(refused.cause());
        try {
            checks.refused(device.id(), device.version(), refused.cause(), refused.reason(), time);
        } catch (RuntimeException failure) {
            // The next call finds it as well.
            LOG.warnf(failure, "a refused device was not held device=%s", device.id());
        }
    }

    /** What can be said of a device without calling it. */
    void observed(DeviceId device, long version, String whyNot) {
        try {
            checks.observed(device, version, new Health.NotConnected(whyNot));
        } catch (RuntimeException failure) {
            // The next check finds it as well.
            LOG.warnf(failure, "a device that cannot send was not held device=%s", device);
        }
    }
}
