package io.siaran.gateway.turn;

import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.ConnectedDevices;
import io.siaran.gateway.device.UnknownPlatform;
import io.siaran.gateway.device.UnreadableDevice;
import io.siaran.gateway.journal.Attempt;
import io.siaran.gateway.journal.BeginVerdict;
import io.siaran.gateway.journal.CallOutcome;
import io.siaran.gateway.journal.ImpossibleTry;
import io.siaran.gateway.journal.Journal;
import io.siaran.gateway.numbercheck.CheckedNumbers;
import io.siaran.gateway.provider.Providers;
import io.siaran.gateway.rules.SendingRules;
import io.siaran.model.DeferReason;
import io.siaran.model.RejectReason;
import io.siaran.model.ReturnReason;
import io.siaran.model.Send;
import io.siaran.sql.RetryUntilDone;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** One message: make its text, begin its try, have it sent. On a virtual thread. */
@ApplicationScoped
public class Turn {

    private static final Logger LOG = Logger.getLogger(Turn.class);

    /** Until a replica that knows the platform has taken over the device's partition. */
    private static final Duration UNKNOWN_PLATFORM_PAUSE = Duration.ofSeconds(60);

    private final ConnectedDevices devices;
    private final Providers providers;
    private final CheckedNumbers numbers;
    private final Journal journal;
    private final ProviderCall call;
    private final PrepareAttempt prepare;
    private final Clock clock;

    public Turn(
            ConnectedDevices devices,
            Providers providers,
            CheckedNumbers numbers,
            Journal journal,
            ProviderCall call,
            Clock clock) {
        this.devices = devices;
        this.providers = providers;
        this.numbers = numbers;
        this.journal = journal;
        this.call = call;
        this.prepare = new PrepareAttempt(providers, clock);
        this.clock = clock;
    }

    /**
     * Throws only where the platform was not called, so that the same may be tried again: the database is away.
     *
     * @param turn the same whenever this is tried again
     */
    public TurnEnd take(Send send, UUID turn) {
        // Whatever logs a line meanwhile, an adapter too, says of which message.
        MDC.put("message", send.messageId().toString());
        try {
            return taken(send, turn);
        } catch (ImpossibleTry never) {
            // Without the cause: what a database or a text says of itself may hold the text.
            LOG.errorf(
                    "a try can never begin message=%s try=%d: %s", send.messageId(), send.tryNo(), never.getMessage());
            journal.fail(send, never.getMessage());
            return new TurnEnd.NotCalled();
        } catch (UnknownPlatform ofANewerVersion) {
            LOG.warnf("%s", ofANewerVersion.getMessage());
            journal.giveBack(send, ReturnReason.NOT_SENT, UNKNOWN_PLATFORM_PAUSE);
            return new TurnEnd.NotCalled();
        } catch (UnreadableDevice unreadable) {
            LOG.errorf("%s", unreadable.getMessage());
            call.observed(unreadable.device(), unreadable.version(), UnreadableDevice.REASON);
            return giveBack(send, ReturnReason.DEVICE_NOT_ONLINE);
        } finally {
            MDC.remove("message");
        }
    }

    private TurnEnd taken(Send send, UUID turn) {
        Optional<ConnectedDevice> device = devices.get(send.deviceId());
        Instant judged = clock.instant();
        while (device.isPresent()) {
            // Asks for a name, so it may wait: before the beginning, whose second would run.
            Optional<String> forbidden = providers.forbidden(device.get());
            if (forbidden.isPresent()) {
                call.observed(send.deviceId(), device.get().version(), forbidden.get());
                return giveBack(send, ReturnReason.DEVICE_REFUSED);
            }
            // A call as well, and before the beginning for the same reason.
            if (numbers.isAbsent(device.get(), send)) {
                journal.reject(send, RejectReason.NOT_ON_WHATSAPP, "not on WhatsApp, as its platform says");
                return new TurnEnd.NotCalled();
            }
            Attempt attempt = prepare.attempt(send, turn, device.get(), judged);
            switch (begin(attempt)) {
                case BeginVerdict.Last last -> {
                    return end(attempt, last);
                }
                case BeginVerdict.DeviceChanged() -> device = devices.newest(send.deviceId());
                case BeginVerdict.NoPacingRow() -> journal.openPacing(device.get());
                case BeginVerdict.OutsideFrame(Instant at) -> {
                    Optional<DeferReason> closed = device.get().rules().closed(at);
                    if (closed.isPresent()) {
                        return defer(attempt, at, closed.get());
                    }
                    judged = at;
                }
            }
        }
        return giveBack(send, ReturnReason.DEVICE_NOT_ONLINE);
    }

    private BeginVerdict begin(Attempt attempt) {
        try {
            return journal.begin(attempt);
        } catch (ImpossibleTry never) {
            throw never;
        } catch (RuntimeException failure) {
            // It may have been committed before the answer was lost. We did not call, and say so before anything else.
            RetryUntilDone.run(
                    "taking back a turn", () -> journal.settle(attempt.send(), attempt.turn(), CallOutcome.TAKEN_BACK));
            throw failure;
        }
    }

    private TurnEnd end(Attempt attempt, BeginVerdict.Last verdict) {
        SendingRules rules = attempt.device().rules();
        return switch (verdict) {
            case BeginVerdict.Begun begun -> call(attempt, begun);
            case BeginVerdict.Wait(Duration time) -> new TurnEnd.TryAgain(time);
            case BeginVerdict.GiveBack(ReturnReason reason) -> giveBack(attempt.send(), reason);
            // Until campaign-service has decided what a reply means, dispatch ends the message then, or lets it go out.
            // It comes again
            // after longer and longer pauses meanwhile: that may take a day, and each try is kept in the timeline.
            case BeginVerdict.AwaitsWord() -> giveBack(attempt.send(), ReturnReason.NOT_SENT);
            case BeginVerdict.FullDay(LocalDate day) ->
                defer(attempt, rules.startOfDayAfter(day), attempt.frame().dailyReason());
            case BeginVerdict.FullOfFirstContacts(LocalDate day) ->
                defer(
                        attempt,
                        Pacing.spread(attempt.send().messageId(), rules, rules.startOfDayAfter(day)),
                        DeferReason.FIRST_CONTACT_CAP);
            case BeginVerdict.NotBefore(Instant free, DeferReason reason) -> defer(attempt, free, reason);
            case BeginVerdict.Held(Instant until, DeferReason reason) -> held(attempt, until, reason);
            case BeginVerdict.Known() -> known(attempt);
        };
    }

    /**
     * Nothing escapes from here, an error neither: a turn that is taken again takes back what it finds begun, and this one
     * may have called.
     */
    private TurnEnd call(Attempt attempt, BeginVerdict.Begun begun) {
        try {
            return call.make(attempt.send(), attempt.turn(), attempt.device(), attempt.message(), begun);
        } catch (RuntimeException | Error failure) {
            LOG.errorf(
                    failure,
                    "a call was not settled, the rescuer will settle it as unknown message=%s",
                    attempt.send().messageId());
            return new TurnEnd.Called();
        }
    }

    /** It may be known because an attempt of ours, given up as lost, was committed after all: nobody else can end that. */
    private TurnEnd known(Attempt attempt) {
        if (!journal.settle(attempt.send(), attempt.turn(), CallOutcome.TAKEN_BACK)) {
            journal.repeatOutcome(attempt.send());
        }
        return new TurnEnd.NotCalled();
    }

    /** What a rule refuses is put off until the first instant, not before {@code earliest}, that the calendar allows too. */
    private TurnEnd defer(Attempt attempt, Instant earliest, DeferReason reason) {
        journal.defer(attempt.send(), attempt.device().rules().nextOpen(earliest), reason);
        return new TurnEnd.NotCalled();
    }

    private TurnEnd held(Attempt attempt, Instant until, DeferReason reason) {
        defer(attempt, until, reason);
        return new TurnEnd.Held();
    }

    private TurnEnd giveBack(Send send, ReturnReason reason) {
        journal.giveBack(send, reason, null);
        return new TurnEnd.NotCalled();
    }
}
