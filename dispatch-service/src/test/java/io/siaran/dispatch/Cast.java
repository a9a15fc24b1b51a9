package io.siaran.dispatch;

import io.siaran.model.BroadcastMessage;
import io.siaran.model.CampaignId;
import io.siaran.model.Cause;
import io.siaran.model.ContactId;
import io.siaran.model.Content;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.MessageId;
import io.siaran.model.MessageKind;
import io.siaran.model.Pace;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Recipient;
import io.siaran.model.Schedule;
import io.siaran.model.SequenceId;
import io.siaran.model.StepId;
import io.siaran.model.UserId;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;

/** Who plays in the tests: Aminah owns the devices Merah and Biru, Razak owns Hijau; Ani, Budi and Citra get messages. */
public final class Cast {

    public static final UserId AMINAH = new UserId("aminah");
    public static final UserId RAZAK = new UserId("razak");

    public static final DeviceId MERAH = DeviceId.of("0190aaaa-0000-7000-8000-000000000001");
    public static final DeviceId BIRU = DeviceId.of("0190aaaa-0000-7000-8000-000000000002");
    public static final DeviceId HIJAU = DeviceId.of("0190aaaa-0000-7000-8000-000000000003");

    public static final LeadId ANI = LeadId.of("0190bbbb-0000-7000-8000-000000000001");
    public static final LeadId BUDI = LeadId.of("0190bbbb-0000-7000-8000-000000000002");
    public static final LeadId CITRA = LeadId.of("0190bbbb-0000-7000-8000-000000000003");

    public static final CampaignId BLACK_FRIDAY = CampaignId.of("0190cccc-0000-7000-8000-000000000001");
    public static final SequenceId FITNESS = SequenceId.of("0190dddd-0000-7000-8000-000000000001");
    public static final StepId FITNESS_DAY_1 = StepId.of("0190dddd-0000-7000-8000-000000000002");

    public static final ZoneId KUALA_LUMPUR = ZoneId.of("Asia/Kuala_Lumpur");

    private Cast() {}

    public static Instant aMinuteAgo() {
        return Instant.now().minus(1, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.MILLIS);
    }

    public static PhoneNumber phone(LeadId lead) {
        return new PhoneNumber("6012345%04d".formatted(lead.value().getLeastSignificantBits() & 0xFFF));
    }

    /** The copy of a campaign's run for one lead, due a minute ago. */
    public static BroadcastMessage campaign(DeviceId device, LeadId lead, int run) {
        return campaign(device, lead, run, aMinuteAgo());
    }

    public static BroadcastMessage campaign(DeviceId device, LeadId lead, int run, Instant planned) {
        return message(
                MessageId.ofCampaign(planned, BLACK_FRIDAY, run, lead),
                MessageKind.CAMPAIGN,
                device,
                lead,
                run,
                planned);
    }

    public static BroadcastMessage step(DeviceId device, LeadId lead, Instant planned) {
        ContactId contact = new ContactId(lead.value());
        return new BroadcastMessage(
                MessageId.ofContact(planned, contact),
                owner(device),
                device,
                new Cause.Step(lead, FITNESS, FITNESS_DAY_1, contact),
                new Recipient(phone(lead), "Ani"),
                Content.of("Welcome!", null, "fitness", null),
                Pace.ofSeconds(0, 0),
                new Schedule(KUALA_LUMPUR, planned, planned.plus(7, ChronoUnit.DAYS)));
    }

    public static BroadcastMessage direct(DeviceId device, LeadId lead, Instant planned) {
        return message(
                MessageId.random(planned, RandomGenerator.getDefault()), MessageKind.DIRECT, device, lead, 0, planned);
    }

    /** The same message, to another phone. */
    public static BroadcastMessage to(PhoneNumber phone, BroadcastMessage m) {
        return new BroadcastMessage(
                m.id(),
                m.userId(),
                m.deviceId(),
                m.cause(),
                new Recipient(phone, m.recipientName()),
                m.content(),
                m.pace(),
                m.schedule());
    }

    /** The same message, from this device to this phone, as that version of its lead says. */
    public static BroadcastMessage of(long leadVersion, DeviceId device, PhoneNumber phone, BroadcastMessage m) {
        return new BroadcastMessage(
                m.id(),
                m.userId(),
                device,
                m.cause(),
                new Recipient(phone, m.recipientName(), m.attributes(), m.checkNumber(), leadVersion),
                m.content(),
                m.pace(),
                m.schedule());
    }

    /** The same message, to be sent after so long a pause. */
    public static BroadcastMessage withDelay(BroadcastMessage m, int minDelay, int maxDelay) {
        return with(m, Pace.ofSeconds(minDelay, maxDelay), m.schedule());
    }

    /** The same message, to be sent however late it is. */
    public static BroadcastMessage withoutExpiry(BroadcastMessage m) {
        return with(m, m.pace(), new Schedule(m.timeZone(), m.scheduledAt(), null));
    }

    /** The same message, counted under another niche. */
    public static BroadcastMessage withNiche(BroadcastMessage m, String niche) {
        return new BroadcastMessage(
                m.id(),
                m.userId(),
                m.deviceId(),
                m.cause(),
                m.recipient(),
                Content.of(m.message(), m.mediaUrl(), niche, m.antiSpam()),
                m.pace(),
                m.schedule());
    }

    private static BroadcastMessage with(BroadcastMessage m, Pace pace, Schedule schedule) {
        return new BroadcastMessage(
                m.id(), m.userId(), m.deviceId(), m.cause(), m.recipient(), m.content(), pace, schedule);
    }

    private static BroadcastMessage message(
            MessageId id, MessageKind kind, DeviceId device, LeadId lead, int run, Instant planned) {
        return new BroadcastMessage(
                id,
                owner(device),
                device,
                kind == MessageKind.CAMPAIGN ? new Cause.Campaign(lead, BLACK_FRIDAY, run) : new Cause.Direct(),
                new Recipient(phone(lead), "Ani"),
                Content.of("50% off everything today only!", null, "ecommerce", null),
                Pace.ofSeconds(0, 0),
                new Schedule(KUALA_LUMPUR, planned, planned.plus(7, ChronoUnit.DAYS)));
    }

    private static UserId owner(DeviceId device) {
        return device.equals(HIJAU) ? RAZAK : AMINAH;
    }
}
