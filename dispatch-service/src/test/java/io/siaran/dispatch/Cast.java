package io.siaran.dispatch;

import io.siaran.model.BroadcastMessage;
import io.siaran.model.CampaignId;
import io.siaran.model.ContactId;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.MessageId;
import io.siaran.model.MessageKind;
import io.siaran.model.MessageType;
import io.siaran.model.PhoneNumber;
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
                MessageKind.STEP,
                owner(device),
                device,
                lead,
                null,
                0,
                FITNESS,
                FITNESS_DAY_1,
                contact,
                phone(lead),
                "Ani",
                "fitness",
                MessageType.TEXT,
                "Welcome!",
                null,
                0,
                0,
                null,
                KUALA_LUMPUR,
                planned,
                planned.plus(7, ChronoUnit.DAYS));
    }

    public static BroadcastMessage direct(DeviceId device, LeadId lead, Instant planned) {
        return message(
                MessageId.random(planned, RandomGenerator.getDefault()), MessageKind.DIRECT, device, lead, 0, planned);
    }

    /** The same message, to be sent after so long a pause. */
    public static BroadcastMessage withDelay(BroadcastMessage m, int minDelay, int maxDelay) {
        return with(m, minDelay, maxDelay, m.expiresAt());
    }

    /** The same message, to be sent however late it is. */
    public static BroadcastMessage withoutExpiry(BroadcastMessage m) {
        return with(m, m.minDelay(), m.maxDelay(), null);
    }

    private static BroadcastMessage with(BroadcastMessage m, Integer minDelay, Integer maxDelay, Instant expiresAt) {
        return new BroadcastMessage(
                m.id(),
                m.kind(),
                m.userId(),
                m.deviceId(),
                m.leadId(),
                m.campaignId(),
                m.run(),
                m.sequenceId(),
                m.sequenceStepid(),
                m.contactId(),
                m.recipientPhone(),
                m.recipientName(),
                m.niche(),
                m.type(),
                m.message(),
                m.mediaUrl(),
                minDelay,
                maxDelay,
                m.antiSpam(),
                m.timeZone(),
                m.scheduledAt(),
                expiresAt);
    }

    private static BroadcastMessage message(
            MessageId id, MessageKind kind, DeviceId device, LeadId lead, int run, Instant planned) {
        return new BroadcastMessage(
                id,
                kind,
                owner(device),
                device,
                kind == MessageKind.CAMPAIGN ? lead : null,
                kind == MessageKind.CAMPAIGN ? BLACK_FRIDAY : null,
                run,
                null,
                null,
                null,
                phone(lead),
                "Ani",
                "ecommerce",
                MessageType.TEXT,
                "50% off everything today only!",
                null,
                0,
                0,
                null,
                KUALA_LUMPUR,
                planned,
                planned.plus(7, ChronoUnit.DAYS));
    }

    private static UserId owner(DeviceId device) {
        return device.equals(HIJAU) ? RAZAK : AMINAH;
    }
}
