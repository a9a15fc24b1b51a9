package io.siaran.gateway.lane;

import io.siaran.gateway.antispam.AntiSpam;
import io.siaran.gateway.antispam.Draft;
import io.siaran.gateway.antispam.Voice;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.ConnectedDevices;
import io.siaran.gateway.provider.OutgoingMessage;
import io.siaran.gateway.provider.Providers;
import io.siaran.model.AntiSpamProfile;
import io.siaran.model.ReturnReason;
import io.siaran.model.Send;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One message: make its text, begin its try, have it sent. On a virtual thread. */
@ApplicationScoped
class Turn {

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

    /** Throws only where the platform was not called, so that the same may be tried again: the database is away. */
    TurnEnd take(Send send) {
        Duration delay = Pacing.draw(send.delay(), send.messageId(), send.tryNo());
        Optional<ConnectedDevice> device = devices.get(send.deviceId());
        while (device.isPresent()) {
            OutgoingMessage message = message(send, device.get());
            UUID turn = UUID.randomUUID();
            switch (begin(send, turn, device.get(), delay, message.text())) {
                case TurnVerdict.Begun(long askedAt) -> {
                    return call.make(send, turn, device.get(), message, askedAt);
                }
                case TurnVerdict.Wait(Duration time) -> {
                    return new TurnEnd.NotYet(time);
                }
                case TurnVerdict.GiveBack(ReturnReason reason) -> {
                    return giveBack(send, reason);
                }
                case TurnVerdict.Known() -> {
                    journal.tellAgain(send);
                    return new TurnEnd.Silent();
                }
                case TurnVerdict.DeviceChanged() -> device = devices.newest(send.deviceId());
                case TurnVerdict.FirstWords() -> journal.openPacing(send.deviceId());
            }
        }
        return giveBack(send, ReturnReason.DEVICE_NOT_ONLINE);
    }

    private TurnVerdict begin(Send send, UUID turn, ConnectedDevice device, Duration delay, String text) {
        try {
            return journal.begin(send, turn, device, delay, text);
        } catch (RuntimeException failure) {
            // It may have been committed before the answer was lost. We did not call, and say so before anything else.
            Persistence.until("taking back a turn", () -> journal.settle(send, turn, Settlement.TAKEN_BACK));
            throw failure;
        }
    }

    private OutgoingMessage message(Send send, ConnectedDevice device) {
        AntiSpamProfile profile = send.antiSpam() == null ? device.antiSpam() : send.antiSpam();
        int longest = providers.of(device.platform()).longestText();
        Voice voice = new Voice(profile, device.timeZone(), List.of(), longest);
        String text = AntiSpam.prepare(Draft.of(send), voice, clock.instant());
        return new OutgoingMessage(send.messageId(), send.recipientPhone(), text, Optional.ofNullable(send.mediaUrl()));
    }

    private TurnEnd giveBack(Send send, ReturnReason reason) {
        journal.giveBack(send, reason, reason == ReturnReason.SUPPRESSED ? SUPPRESSED_PAUSE : null);
        return new TurnEnd.Silent();
    }
}
