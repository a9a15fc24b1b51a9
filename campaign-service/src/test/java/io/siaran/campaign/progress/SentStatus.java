package io.siaran.campaign.progress;

import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.MessageId;
import io.siaran.model.MessageKind;
import io.siaran.model.MessageState;
import io.siaran.model.MessageStatus;
import io.siaran.model.UserId;
import java.time.Instant;
import java.util.Random;

/** What dispatch-service tells of a message of a campaign that was sent. */
final class SentStatus {

    private SentStatus() {}

    static MessageStatus of(String user, DeviceId device, LeadId lead, Instant at) {
        return new MessageStatus(
                MessageId.random(at, new Random(1)),
                1,
                MessageState.SENT,
                MessageKind.CAMPAIGN,
                new UserId(user),
                device,
                lead,
                null,
                1,
                null,
                null,
                null,
                1,
                1,
                null,
                at,
                null,
                null,
                null,
                at);
    }
}
