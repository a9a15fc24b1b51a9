package io.siaran.dispatch.intake;

import io.siaran.model.BroadcastMessage;
import io.siaran.model.Cause;
import io.siaran.model.Content;
import io.siaran.model.MessageId;
import io.siaran.model.Pace;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Recipient;
import io.siaran.model.Schedule;
import io.siaran.model.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.random.RandomGenerator;

/** Makes the message that a request asks for. */
@ApplicationScoped
class DirectMessages {

    private final IntakeConfig config;
    private final Clock clock;
    private final RandomGenerator random;

    DirectMessages(IntakeConfig config, Clock clock, RandomGenerator random) {
        this.config = config;
        this.clock = clock;
        this.random = random;
    }

    /** ISO country that a phone number without a country code belongs to. */
    String phoneRegion() {
        return config.phoneRegion();
    }

    BroadcastMessage of(UserId user, DirectMessageRequest asked, PhoneNumber recipient, ZoneId zone) {
        Instant planned = planned(asked.scheduledAt());
        return new BroadcastMessage(
                MessageId.random(planned, random),
                user,
                asked.deviceId(),
                new Cause.Direct(),
                new Recipient(recipient, asked.recipientName(), asked.attributes()),
                new Content(asked.type(), asked.message(), asked.mediaUrl(), null, asked.antiSpam()),
                Pace.ofSeconds(asked.minDelaySeconds(), asked.maxDelaySeconds()),
                new Schedule(zone, planned, planned.plus(config.directExpiresAfter())));
    }

    /** A time that has passed means now: the id, and with it the partition, begins with the time. */
    private Instant planned(Instant asked) {
        Instant now = clock.instant();
        return asked == null || asked.isBefore(now) ? now : asked;
    }
}
