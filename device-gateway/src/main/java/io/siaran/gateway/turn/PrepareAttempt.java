package io.siaran.gateway.turn;

import io.siaran.gateway.antispam.AntiSpam;
import io.siaran.gateway.antispam.Draft;
import io.siaran.gateway.antispam.Voice;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.journal.Attempt;
import io.siaran.gateway.journal.ImpossibleTry;
import io.siaran.gateway.provider.OutgoingMessage;
import io.siaran.gateway.provider.Providers;
import io.siaran.model.AntiSpamProfile;
import io.siaran.model.Send;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Makes of a try what its device would say now: the text as it goes out, its pause, its frame in the calendar. */
final class PrepareAttempt {

    private final Providers providers;
    private final Clock clock;

    PrepareAttempt(Providers providers, Clock clock) {
        this.providers = providers;
        this.clock = clock;
    }

    /**
     * The try as it would begin.
     *
     * @param judged the instant that the calendar is asked for
     * @throws ImpossibleTry where its text cannot be made
     */
    Attempt attempt(Send send, UUID turn, ConnectedDevice device, Instant judged) {
        return new Attempt(
                send,
                turn,
                device,
                device.rules().frame(judged),
                Pacing.draw(send.delay(), send.messageId(), send.tryNo()),
                providers.of(device.platform()).longestCall(),
                message(send, device));
    }

    private OutgoingMessage message(Send send, ConnectedDevice device) {
        AntiSpamProfile profile = send.antiSpam() == null ? device.antiSpam() : send.antiSpam();
        int longest = providers.of(device.platform()).longestText();
        try {
            Voice voice = new Voice(profile, device.timeZone(), device.greetings(), longest);
            String text = AntiSpam.prepare(Draft.of(send), voice, clock.instant());
            return new OutgoingMessage(
                    send.messageId(), send.userId(), send.recipientPhone(), text, Optional.ofNullable(send.mediaUrl()));
        } catch (RuntimeException bug) {
            throw new ImpossibleTry("its text cannot be made: " + bug.getClass().getSimpleName(), bug);
        }
    }
}
