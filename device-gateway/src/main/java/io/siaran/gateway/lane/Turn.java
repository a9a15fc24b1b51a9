package io.siaran.gateway.lane;

import io.siaran.gateway.antispam.AntiSpam;
import io.siaran.gateway.antispam.Draft;
import io.siaran.gateway.antispam.Voice;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.ConnectedDevices;
import io.siaran.gateway.device.UnreadableDevice;
import io.siaran.gateway.provider.OutgoingMessage;
import io.siaran.gateway.provider.Providers;
import io.siaran.gateway.rules.SendingRules;
import io.siaran.model.AntiSpamProfile;
import io.siaran.model.DeferReason;
import io.siaran.model.ReturnReason;
import io.siaran.model.Send;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** One message: make its text, begin its try, have it sent. On a virtual thread. */
@ApplicationScoped
class Turn {

    private static final Logger LOG = Logger.getLogger(Turn.class);

    /** Until dispatch has the opt-out too, which it will act on. */
    private static final Duration SUPPRESSED_PAUSE = Duration.ofSeconds(30);

    private final ConnectedDevices devices;
    private final Providers providers;
    private final Journal journal;
    private final Call call;
    private final Clock clock;

    Turn(ConnectedDevices devices, Providers providers, Journal journal, Call call, Clock clock) {
        this.devices = devices;
        this.providers = providers;
        this.journal = journal;
        this.call = call;
        this.clock = clock;
    }

    /**
     * Throws only where the platform was not called, so that the same may be tried again: the database is away.
     *
     * @param turn the same whenever this is tried again
     */
    TurnEnd take(Send send, UUID turn) {
        try {
            return taken(send, turn);
        } catch (ImpossibleTurn never) {
            // Without the cause: what a database or a text says of itself may hold the text.
            LOG.errorf(
                    "a try can never begin message=%s try=%d: %s", send.messageId(), send.tryNo(), never.getMessage());
            journal.fail(send, never.getMessage());
            return new TurnEnd.Silent();
        } catch (UnreadableDevice unreadable) {
            LOG.errorf("%s", unreadable.getMessage());
            call.hold(unreadable.device(), unreadable.version(), UnreadableDevice.REASON);
            return giveBack(send, ReturnReason.DEVICE_NOT_ONLINE);
        }
    }

    private TurnEnd taken(Send send, UUID turn) {
        Optional<ConnectedDevice> device = devices.get(send.deviceId());
        Instant judged = clock.instant();
        while (device.isPresent()) {
            // Asks for a name, so it may wait: before the beginning, whose second would run.
            Optional<String> forbidden = providers.forbidden(device.get());
            if (forbidden.isPresent()) {
                call.hold(send.deviceId(), device.get().version(), forbidden.get());
                return giveBack(send, ReturnReason.DEVICE_REFUSED);
            }
            Attempt attempt = attempt(send, turn, device.get(), judged);
            switch (begin(attempt)) {
                case TurnVerdict.Last last -> {
                    return end(attempt, last);
                }
                case TurnVerdict.DeviceChanged() -> device = devices.newest(send.deviceId());
                case TurnVerdict.FirstWords() -> journal.openPacing(device.get());
                case TurnVerdict.OutsideFrame(Instant at) -> {
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

    private Attempt attempt(Send send, UUID turn, ConnectedDevice device, Instant judged) {
        return new Attempt(
                send,
                turn,
                device,
                device.rules().frame(judged),
                Pacing.draw(send.delay(), send.messageId(), send.tryNo()),
                message(send, device));
    }

    private TurnVerdict begin(Attempt attempt) {
        try {
            return journal.begin(attempt);
        } catch (ImpossibleTurn never) {
            throw never;
        } catch (RuntimeException failure) {
            // It may have been committed before the answer was lost. We did not call, and say so before anything else.
            Persistence.until(
                    "taking back a turn", () -> journal.settle(attempt.send(), attempt.turn(), Settlement.TAKEN_BACK));
            throw failure;
        }
    }

    private TurnEnd end(Attempt attempt, TurnVerdict.Last verdict) {
        SendingRules rules = attempt.device().rules();
        return switch (verdict) {
            case TurnVerdict.Begun(long askedAt) -> call(attempt, askedAt);
            case TurnVerdict.Wait(Duration time) -> new TurnEnd.NotYet(time);
            case TurnVerdict.GiveBack(ReturnReason reason) -> giveBack(attempt.send(), reason);
            case TurnVerdict.FullDay(LocalDate day) ->
                defer(attempt, rules.startOfDayAfter(day), attempt.frame().dailyReason());
            case TurnVerdict.NotBefore(Instant free, DeferReason reason) -> defer(attempt, free, reason);
            case TurnVerdict.Known() -> known(attempt);
        };
    }

    /**
     * Nothing escapes from here, an error neither: a turn that is taken again takes back what it finds begun, and this one
     * may have called.
     */
    private TurnEnd call(Attempt attempt, long askedAt) {
        try {
            return call.make(attempt.send(), attempt.turn(), attempt.device(), attempt.message(), askedAt);
        } catch (RuntimeException | Error failure) {
            LOG.errorf(
                    failure,
                    "a call was not settled, the sweep will say unknown message=%s",
                    attempt.send().messageId());
            return new TurnEnd.Spoke();
        }
    }

    /** It may be known because an attempt of ours, given up as lost, was committed after all: nobody else can end that. */
    private TurnEnd known(Attempt attempt) {
        if (!journal.settle(attempt.send(), attempt.turn(), Settlement.TAKEN_BACK)) {
            journal.tellAgain(attempt.send());
        }
        return new TurnEnd.Silent();
    }

    private OutgoingMessage message(Send send, ConnectedDevice device) {
        AntiSpamProfile profile = send.antiSpam() == null ? device.antiSpam() : send.antiSpam();
        int longest = providers.of(device.platform()).longestText();
        try {
            Voice voice = new Voice(profile, device.timeZone(), device.greetings(), longest);
            String text = AntiSpam.prepare(Draft.of(send), voice, clock.instant());
            return new OutgoingMessage(
                    send.messageId(), send.recipientPhone(), text, Optional.ofNullable(send.mediaUrl()));
        } catch (RuntimeException bug) {
            throw new ImpossibleTurn(
                    "its text cannot be made: " + bug.getClass().getSimpleName(), bug);
        }
    }

    /** What a rule refuses is put off until the first instant, not before {@code earliest}, that the calendar allows too. */
    private TurnEnd defer(Attempt attempt, Instant earliest, DeferReason reason) {
        journal.defer(attempt.send(), attempt.device().rules().nextOpen(earliest), reason);
        return new TurnEnd.Silent();
    }

    private TurnEnd giveBack(Send send, ReturnReason reason) {
        journal.giveBack(send, reason, reason == ReturnReason.SUPPRESSED ? SUPPRESSED_PAUSE : null);
        return new TurnEnd.Silent();
    }
}
