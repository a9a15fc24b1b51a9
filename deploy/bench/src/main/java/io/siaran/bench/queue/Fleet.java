package io.siaran.bench.queue;

import io.siaran.model.BroadcastMessage;
import io.siaran.model.CampaignId;
import io.siaran.model.Cause;
import io.siaran.model.Content;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.MessageId;
import io.siaran.model.Pace;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Recipient;
import io.siaran.model.Schedule;
import io.siaran.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** 3,000 devices of 30 users, and what campaigns have for them: no pause between two messages, so that only the queue waits. */
final class Fleet {

    static final int DEVICES = 3_000;

    private static final int DEVICES_OF_A_USER = 100;
    private static final ZoneId ZONE = ZoneId.of("Asia/Kuala_Lumpur");
    private static final String TEXT = """
            Hi {{name}}, the sale that you waited for has begun: 50% off everything, today only!
            See https://example.com/sale?from=wa and reply YES to keep a place, or STOP to hear no more of it.""";

    /** Every message of a run is another lead's. */
    private final AtomicLong leads = new AtomicLong();

    static DeviceId device(int n) {
        return new DeviceId(new UUID(0x0190_aaaa_0000_7000L, 0x8000_0000_0000_0000L + n));
    }

    /** Which device this id is. */
    static int number(String device) {
        return (int) (UUID.fromString(device).getLeastSignificantBits() & Integer.MAX_VALUE);
    }

    static UserId owner(int device) {
        return new UserId("user-%02d".formatted(device / DEVICES_OF_A_USER));
    }

    /** The next message for a device, planned and due at this time, that expires in a week. */
    BroadcastMessage message(int device, Instant planned) {
        return message(device, planned, planned.plus(Duration.ofDays(7)));
    }

    BroadcastMessage message(int device, Instant planned, Instant expires) {
        long n = leads.incrementAndGet();
        LeadId lead = new LeadId(new UUID(0x0190_bbbb_0000_7000L, 0x8000_0000_0000_0000L + n));
        CampaignId campaign =
                new CampaignId(new UUID(0x0190_cccc_0000_7000L, 0x8000_0000_0000_0000L + device / DEVICES_OF_A_USER));
        return new BroadcastMessage(
                MessageId.ofCampaign(planned, campaign, 1, lead),
                owner(device),
                device(device),
                new Cause.Campaign(lead, campaign, 1),
                new Recipient(new PhoneNumber("601%09d".formatted(n)), "Nur Aina " + n),
                Content.of(TEXT, null, "ecommerce", null),
                Pace.ofSeconds(0, 0),
                new Schedule(ZONE, planned, expires));
    }
}
