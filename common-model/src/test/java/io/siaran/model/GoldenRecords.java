package io.siaran.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * One value for each golden file. Where a record is written by SQL there is one with every field and one with only what is
 * required.
 */
public final class GoldenRecords {

    private static final Instant TEN = Instant.parse("2024-11-29T02:00:00Z");
    private static final UserId KEDAI = new UserId("kedai-ani");
    private static final DeviceId MERAH = DeviceId.of("01936f2e-0000-7000-8000-0000000000d1");
    private static final LeadId ANI = LeadId.of("01936f2e-0000-7000-8000-0000000000a1");
    private static final CampaignId BLACK_FRIDAY = CampaignId.of("01936f2e-0000-7000-8000-0000000000c1");
    private static final SequenceId FITNESS = SequenceId.of("01936f2e-0000-7000-8000-0000000000e1");
    private static final StepId WELCOME = StepId.of("01936f2e-0000-7000-8000-0000000000e2");
    private static final ContactId ANI_AT_WELCOME = ContactId.of("01936f2e-0000-7000-8000-0000000000f1");
    private static final PhoneNumber PHONE = new PhoneNumber("60123456789");
    private static final ZoneId KUALA_LUMPUR = ZoneId.of("Asia/Kuala_Lumpur");
    private static final MessageId ID = MessageId.ofCampaign(TEN, BLACK_FRIDAY, 1, ANI);
    private static final MessageId DIRECT = MessageId.of("019375a5-7d00-8000-8000-0000000000aa");
    private static final UUID REPLY = UUID.fromString("01936f2e-0000-7000-8000-0000000000b2");
    private static final UUID COMMAND = UUID.fromString("01936f2e-0000-7000-8000-0000000000b1");

    /** Written by functions of {@code R__wire-records.sql}, which leave out what is null; Java only reads them. */
    static final Set<String> BY_SQL = Set.of(
            "send",
            "send-full",
            "send-minimal",
            "recall",
            "message-status-full",
            "message-status-minimal",
            "campaign-progress",
            "campaign-progress-minimal",
            "accepted",
            "accepted-minimal",
            "returned",
            "returned-full",
            "returned-minimal",
            "deferred",
            "rejected",
            "rejected-minimal",
            "failed",
            "failed-minimal",
            "unknown",
            "unknown-minimal",
            "delivered",
            "read",
            "refused",
            "refused-minimal",
            "inbound-message-full",
            "inbound-message-minimal",
            "device-2",
            "device-minimal");

    private GoldenRecords() {}

    /**
     * @param file its golden file, without {@code .json}
     * @param readAs how a reader asks for it
     */
    public record Sample(String file, Class<?> readAs, Object value) {
        @Override
        public String toString() {
            return file;
        }
    }

    public static Stream<Sample> all() {
        return Stream.of(
                new Sample(
                        "person-request",
                        PersonRequest.class,
                        new PersonRequest(REPLY, KEDAI, PHONE, TEN, PersonRequest.Wish.EXPORT, List.of())),
                new Sample(
                        "person-request-erase",
                        PersonRequest.class,
                        new PersonRequest(REPLY, KEDAI, PHONE, TEN, PersonRequest.Wish.ERASE, List.of(ANI))),
                new Sample(
                        "person-answer",
                        PersonAnswer.class,
                        new PersonAnswer(REPLY, KEDAI, "dispatch-service", 0, true, List.of("a fact"))),
                new Sample("broadcast-message-campaign", BroadcastRecord.class, campaignMessage()),
                new Sample("broadcast-message-step", BroadcastRecord.class, stepMessage()),
                new Sample("withdraw", BroadcastRecord.class, new Withdraw(ID, KEDAI, MERAH)),
                new Sample("send", DeviceCommand.class, send()),
                new Sample("recall", DeviceCommand.class, new Recall(ID, 2, KEDAI, MERAH)),
                new Sample(
                        "accepted",
                        DeliveryEvent.class,
                        new DeliveryEvent.Accepted(
                                ID, 1, KEDAI, MERAH, TEN, "wb-1", "Hi Ani,\n\n50% off", SendLane.REPLY)),
                new Sample(
                        "returned",
                        DeliveryEvent.class,
                        new DeliveryEvent.Returned(
                                ID, 1, KEDAI, MERAH, TEN, ReturnReason.DEVICE_NOT_ONLINE, "offline", null)),
                new Sample(
                        "deferred",
                        DeliveryEvent.class,
                        new DeliveryEvent.Deferred(
                                ID, 1, KEDAI, MERAH, TEN, TEN.plusSeconds(30), DeferReason.RATE_LIMITED)),
                new Sample(
                        "rejected",
                        DeliveryEvent.class,
                        new DeliveryEvent.Rejected(
                                ID, 1, KEDAI, MERAH, TEN, RejectReason.NOT_ON_WHATSAPP, "not on WhatsApp")),
                new Sample(
                        "failed",
                        DeliveryEvent.class,
                        new DeliveryEvent.Failed(ID, 1, KEDAI, MERAH, TEN, FailReason.PROVIDER_FAILED, "quota")),
                new Sample(
                        "unknown",
                        DeliveryEvent.class,
                        new DeliveryEvent.Unknown(ID, 1, KEDAI, MERAH, TEN, "time-out")),
                new Sample("delivered", DeliveryEvent.class, new DeliveryEvent.Delivered(ID, 1, KEDAI, MERAH, TEN)),
                new Sample("read", DeliveryEvent.class, new DeliveryEvent.Read(ID, 1, KEDAI, MERAH, TEN)),
                new Sample(
                        "refused",
                        DeliveryEvent.class,
                        new DeliveryEvent.Refused(ID, 1, KEDAI, MERAH, TEN, "rejected")),
                new Sample("message-status", MessageStatus.class, status()),
                new Sample(
                        "campaign-progress",
                        CampaignProgress.class,
                        new CampaignProgress(
                                BLACK_FRIDAY,
                                1,
                                MERAH,
                                KEDAI,
                                7,
                                21,
                                1,
                                2,
                                3,
                                4,
                                5,
                                6,
                                2,
                                1,
                                Map.of("cancelled_by_user", 5L, "contact_rejected", 1L, "expired", 3L))),
                new Sample(
                        "campaign-progress-minimal",
                        CampaignProgress.class,
                        new CampaignProgress(BLACK_FRIDAY, 1, MERAH, KEDAI, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of())),
                new Sample(
                        "plan",
                        Plan.class,
                        new Plan(
                                BLACK_FRIDAY.value(),
                                PlanKind.CAMPAIGN,
                                KEDAI,
                                PlanStatus.ACTIVE,
                                1,
                                "Black Friday Sale",
                                3,
                                false,
                                true,
                                TEN)),
                new Sample(
                        "device-2",
                        DeviceSnapshot.class,
                        device(
                                UnknownPolicy.RETRY,
                                60,
                                400,
                                List.of(new QuietTime(List.of("friday"), "22:00", "07:00")),
                                TEN.plusSeconds(3600),
                                2)),
                new Sample("lead", LeadSnapshot.class, lead()),
                new Sample(
                        "suppression",
                        Suppression.class,
                        new Suppression(KEDAI, PHONE, "asked by reply", TEN, 1, false)),
                new Sample(
                        "add-trigger", LeadCommand.class, new LeadCommand.AddTrigger(COMMAND, KEDAI, ANI, "warm", 1L)),
                new Sample(
                        "remove-trigger",
                        LeadCommand.class,
                        new LeadCommand.RemoveTrigger(COMMAND, KEDAI, ANI, "fitness_start", 2)),
                new Sample(
                        "broadcast-message-direct",
                        BroadcastRecord.class,
                        new BroadcastMessage(
                                DIRECT,
                                KEDAI,
                                MERAH,
                                new Cause.Direct(),
                                new Recipient(PHONE, null),
                                Content.of("Hello", null, null, null),
                                Pace.OF_THE_DEVICE,
                                new Schedule(KUALA_LUMPUR, TEN, null))),
                new Sample(
                        "send-full",
                        DeviceCommand.class,
                        new Send(
                                ID,
                                2,
                                KEDAI,
                                MERAH,
                                TEN.plusSeconds(150),
                                1,
                                MessageKind.CAMPAIGN,
                                PHONE,
                                "Ani",
                                new Attributes(Map.of("plan", "gold")),
                                "ecommerce",
                                MessageType.IMAGE,
                                "50% off",
                                "https://example.com/sale.png",
                                10,
                                30,
                                AntiSpamProfile.FULL,
                                KUALA_LUMPUR,
                                true)),
                new Sample(
                        "send-minimal",
                        DeviceCommand.class,
                        new Send(
                                DIRECT,
                                1,
                                KEDAI,
                                MERAH,
                                TEN.plusSeconds(150),
                                null,
                                MessageKind.DIRECT,
                                PHONE,
                                null,
                                Attributes.NONE,
                                null,
                                MessageType.TEXT,
                                "Hello",
                                null,
                                10,
                                30,
                                null,
                                KUALA_LUMPUR,
                                null)),
                new Sample(
                        "message-status-full",
                        MessageStatus.class,
                        new MessageStatus(
                                ID,
                                7,
                                MessageState.FAILED,
                                MessageKind.CAMPAIGN,
                                KEDAI,
                                MERAH,
                                ANI,
                                BLACK_FRIDAY,
                                1,
                                FITNESS,
                                WELCOME,
                                ANI_AT_WELCOME,
                                3,
                                3,
                                FailureReason.REJECTED_AFTER_ACCEPT,
                                TEN,
                                TEN.plusSeconds(1),
                                TEN.plusSeconds(2),
                                true,
                                TEN.plusSeconds(3))),
                new Sample(
                        "message-status-minimal",
                        MessageStatus.class,
                        new MessageStatus(
                                DIRECT,
                                1,
                                MessageState.PENDING,
                                MessageKind.DIRECT,
                                KEDAI,
                                MERAH,
                                null,
                                null,
                                0,
                                null,
                                null,
                                null,
                                0,
                                0,
                                null,
                                null,
                                null,
                                null,
                                false,
                                TEN)),
                new Sample(
                        "accepted-minimal",
                        DeliveryEvent.class,
                        new DeliveryEvent.Accepted(ID, 1, KEDAI, MERAH, TEN, null, null)),
                new Sample(
                        "returned-full",
                        DeliveryEvent.class,
                        new DeliveryEvent.Returned(
                                ID,
                                1,
                                KEDAI,
                                MERAH,
                                TEN,
                                ReturnReason.DEVICE_REFUSED,
                                "token expired",
                                TEN.plusSeconds(60))),
                new Sample(
                        "returned-minimal",
                        DeliveryEvent.class,
                        new DeliveryEvent.Returned(ID, 1, KEDAI, MERAH, TEN, ReturnReason.RECALLED, null, null)),
                new Sample(
                        "rejected-minimal",
                        DeliveryEvent.class,
                        new DeliveryEvent.Rejected(ID, 1, KEDAI, MERAH, TEN, RejectReason.MESSAGE_REJECTED, null)),
                new Sample(
                        "failed-minimal",
                        DeliveryEvent.class,
                        new DeliveryEvent.Failed(ID, 1, KEDAI, MERAH, TEN, FailReason.MEDIA_UNAVAILABLE, null)),
                new Sample(
                        "unknown-minimal",
                        DeliveryEvent.class,
                        new DeliveryEvent.Unknown(ID, 1, KEDAI, MERAH, TEN, null)),
                new Sample(
                        "refused-minimal",
                        DeliveryEvent.class,
                        new DeliveryEvent.Refused(ID, 1, KEDAI, MERAH, TEN, null)),
                new Sample("device-minimal", DeviceSnapshot.class, device(null, null, null, List.of(), null, null)),
                new Sample(
                        "inbound-message-full",
                        InboundMessage.class,
                        new InboundMessage(REPLY, KEDAI, MERAH, PHONE, "Ani", "text", "Berapa harga?", TEN)),
                new Sample(
                        "inbound-message-minimal",
                        InboundMessage.class,
                        new InboundMessage(REPLY, KEDAI, MERAH, PHONE, null, "image", "", TEN)),
                new Sample(
                        "user-event-done",
                        UserEvent.class,
                        new UserEvent.Done(
                                REPLY,
                                KEDAI,
                                "kedai-ani",
                                TEN,
                                "edited",
                                "campaign",
                                BLACK_FRIDAY.toString(),
                                "{\"title\":\"Sale\"}",
                                "{\"title\":\"Black Friday\"}")),
                new Sample(
                        "user-event-import-completed",
                        UserEvent.class,
                        new UserEvent.ImportCompleted(REPLY, KEDAI, TEN, "done", null, 5, 1, 1, 1, 1, 1)),
                new Sample(
                        "sequence-completed",
                        SequenceEvent.class,
                        new SequenceEvent.Completed(KEDAI, FITNESS, ANI, 2, TEN)),
                new Sample(
                        "sequence-entered",
                        SequenceEvent.class,
                        new SequenceEvent.Entered(KEDAI, FITNESS, ANI, 2, TEN)),
                new Sample(
                        "sequence-left",
                        SequenceEvent.class,
                        new SequenceEvent.Left(KEDAI, FITNESS, ANI, 2, "lead_deleted", TEN)));
    }

    /** Writes the files that are missing, into this directory; never over one that is there. */
    public static void main(String[] directory) throws IOException {
        for (Sample sample : all().toList()) {
            Path file = Path.of(directory[0], sample.file() + ".json");
            if (!Files.exists(file)) {
                Files.writeString(file, Json.write(sample.value()) + "\n");
            }
        }
    }

    private static BroadcastMessage campaignMessage() {
        return new BroadcastMessage(
                ID,
                KEDAI,
                MERAH,
                new Cause.Campaign(ANI, BLACK_FRIDAY, 1),
                new Recipient(PHONE, "D'Cruz", new Attributes(Map.of("plan", "gold")), true, 7L),
                Content.of("50% off\neverything today only!", null, "ecommerce", null),
                Pace.OF_THE_DEVICE,
                new Schedule(KUALA_LUMPUR, TEN, TEN.plusSeconds(604_800)));
    }

    private static BroadcastMessage stepMessage() {
        return new BroadcastMessage(
                MessageId.ofContact(TEN, ANI_AT_WELCOME),
                KEDAI,
                MERAH,
                new Cause.Step(ANI, FITNESS, WELCOME, ANI_AT_WELCOME),
                new Recipient(PHONE, "Ani", Attributes.NONE, null, 7L),
                Content.of("Selamat datang", "https://example.com/welcome.png", null, AntiSpamProfile.GREETING),
                Pace.ofSeconds(5, 15),
                new Schedule(KUALA_LUMPUR, TEN, null));
    }

    private static Send send() {
        return new Send(
                ID,
                2,
                KEDAI,
                MERAH,
                TEN.plusSeconds(150),
                1,
                MessageKind.CAMPAIGN,
                PHONE,
                "Ani",
                new Attributes(Map.of("plan", "gold")),
                "ecommerce",
                MessageType.TEXT,
                "50% off",
                null,
                10,
                30,
                AntiSpamProfile.FULL,
                KUALA_LUMPUR,
                false);
    }

    private static MessageStatus status() {
        return new MessageStatus(
                MessageId.ofContact(TEN, ANI_AT_WELCOME),
                4,
                MessageState.FAILED,
                MessageKind.STEP,
                KEDAI,
                MERAH,
                ANI,
                null,
                0,
                FITNESS,
                WELCOME,
                ANI_AT_WELCOME,
                3,
                3,
                FailureReason.PROVIDER_FAILED,
                null,
                null,
                null,
                null,
                TEN);
    }

    private static DeviceSnapshot device(
            UnknownPolicy onUnknown,
            Integer hourlyCap,
            Integer dailyCap,
            List<QuietTime> quiet,
            Instant restrictedUntil,
            Integer slowFactor) {
        return new DeviceSnapshot(
                MERAH,
                KEDAI,
                "Merah",
                PHONE,
                "wablas",
                DeviceStatus.OFFLINE,
                TEN,
                "device disconnected",
                10,
                30,
                AntiSpamProfile.FULL,
                KUALA_LUMPUR,
                2,
                false,
                onUnknown,
                hourlyCap,
                dailyCap,
                quiet,
                restrictedUntil,
                slowFactor);
    }

    private static LeadSnapshot lead() {
        return new LeadSnapshot(
                ANI,
                KEDAI,
                MERAH,
                PHONE,
                "Ani",
                "ecommerce,fit",
                TargetStatus.CUSTOMER,
                List.of(new TriggerAssignment("fitness_start", 2)),
                new Attributes(Map.of("plan", "gold")),
                List.of(ID),
                5,
                false);
    }
}
