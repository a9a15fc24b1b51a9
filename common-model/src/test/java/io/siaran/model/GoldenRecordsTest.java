package io.siaran.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The wire form of every record, byte for byte. A golden file is never edited to make this pass: it is what the previous
 * version wrote, and may still stand in Kafka. A new field gets a new file beside the old one.
 */
class GoldenRecordsTest {

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
    private static final UUID COMMAND = UUID.fromString("01936f2e-0000-7000-8000-0000000000b1");

    record Golden(String file, Class<?> readAs, Object value) {
        @Override
        public String toString() {
            return file;
        }
    }

    static Stream<Golden> records() {
        return Stream.of(
                new Golden("broadcast-message-campaign", BroadcastRecord.class, campaignMessage()),
                new Golden("broadcast-message-step", BroadcastRecord.class, stepMessage()),
                new Golden("withdraw", BroadcastRecord.class, new Withdraw(ID, KEDAI, MERAH)),
                new Golden("send", DeviceCommand.class, send()),
                new Golden("recall", DeviceCommand.class, new Recall(ID, 2, KEDAI, MERAH)),
                new Golden(
                        "accepted",
                        DeliveryEvent.class,
                        new DeliveryEvent.Accepted(ID, 1, KEDAI, MERAH, TEN, "wb-1", "Hi Ani,\n\n50% off")),
                new Golden(
                        "returned",
                        DeliveryEvent.class,
                        new DeliveryEvent.Returned(
                                ID, 1, KEDAI, MERAH, TEN, ReturnReason.DEVICE_NOT_ONLINE, "offline", null)),
                new Golden(
                        "deferred",
                        DeliveryEvent.class,
                        new DeliveryEvent.Deferred(
                                ID, 1, KEDAI, MERAH, TEN, TEN.plusSeconds(30), DeferReason.RATE_LIMITED)),
                new Golden(
                        "rejected",
                        DeliveryEvent.class,
                        new DeliveryEvent.Rejected(ID, 1, KEDAI, MERAH, TEN, "not on WhatsApp")),
                new Golden("failed", DeliveryEvent.class, new DeliveryEvent.Failed(ID, 1, KEDAI, MERAH, TEN, "quota")),
                new Golden(
                        "unknown",
                        DeliveryEvent.class,
                        new DeliveryEvent.Unknown(ID, 1, KEDAI, MERAH, TEN, "time-out")),
                new Golden("delivered", DeliveryEvent.class, new DeliveryEvent.Delivered(ID, 1, KEDAI, MERAH, TEN)),
                new Golden("read", DeliveryEvent.class, new DeliveryEvent.Read(ID, 1, KEDAI, MERAH, TEN)),
                new Golden(
                        "refused",
                        DeliveryEvent.class,
                        new DeliveryEvent.Refused(ID, 1, KEDAI, MERAH, TEN, "rejected")),
                new Golden("message-status", MessageStatus.class, status()),
                new Golden(
                        "campaign-progress",
                        CampaignProgress.class,
                        new CampaignProgress(BLACK_FRIDAY, 1, MERAH, KEDAI, 7, 21, 1, 2, 3, 4, 5, 6, 2, 1)),
                new Golden(
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
                                false)),
                new Golden("device-2", DeviceSnapshot.class, device(UnknownPolicy.RETRY, 60, 400)),
                new Golden("lead", LeadSnapshot.class, lead()),
                new Golden("suppression", Suppression.class, new Suppression(KEDAI, PHONE, "asked by reply", 1, false)),
                new Golden("add-trigger", LeadCommand.class, new LeadCommand.AddTrigger(COMMAND, KEDAI, ANI, "warm")),
                new Golden(
                        "remove-trigger",
                        LeadCommand.class,
                        new LeadCommand.RemoveTrigger(COMMAND, KEDAI, ANI, "fitness_start", 2)),
                new Golden(
                        "sequence-entered",
                        SequenceEvent.class,
                        new SequenceEvent.Entered(KEDAI, FITNESS, ANI, 2, TEN)),
                new Golden(
                        "sequence-left",
                        SequenceEvent.class,
                        new SequenceEvent.Left(KEDAI, FITNESS, ANI, 2, "lead_deleted", TEN)));
    }

    @ParameterizedTest
    @MethodSource("records")
    void a_record_is_written_as_its_golden_file_says_and_reads_back_the_same(Golden golden) throws IOException {
        // Given
        Path file = Path.of("src/test/resources/golden", golden.file() + ".json");

        // When
        String written = Json.write(golden.value());

        // Then
        assertThat(written)
                .isEqualTo(Files.readString(file, StandardCharsets.UTF_8).strip());
        assertThat((Object) Json.read(written, golden.readAs())).isEqualTo(golden.value());
    }

    @Test
    void a_snapshot_that_an_older_gateway_wrote_reads_without_the_later_fields() throws IOException {
        // Given
        String older = Files.readString(Path.of("src/test/resources/golden/device.json"), StandardCharsets.UTF_8);

        // When
        DeviceSnapshot read = Json.read(older, DeviceSnapshot.class);

        // Then
        assertThat(read).isEqualTo(device(null, null, null));
    }

    @Test
    void a_reader_ignores_a_field_that_a_newer_writer_added() {
        // Given
        String newer = Json.write(new Withdraw(ID, KEDAI, MERAH)).replaceFirst("\\{", "{\"added_later\":{\"a\":1},");

        // When
        BroadcastRecord read = Json.read(newer, BroadcastRecord.class);

        // Then
        assertThat(read).isEqualTo(new Withdraw(ID, KEDAI, MERAH));
    }

    @Test
    void a_record_without_its_whole_cause_cannot_be_read() {
        // Given
        String withoutLead = Json.write(campaignMessage()).replaceFirst("\"lead_id\":\"[^\"]+\"", "\"lead_id\":null");

        // When / Then
        assertThatThrownBy(() -> Json.read(withoutLead, BroadcastRecord.class))
                .isInstanceOf(UnreadableRecord.class)
                .hasMessageContaining("names its whole cause");
    }

    private static BroadcastMessage campaignMessage() {
        return new BroadcastMessage(
                ID,
                MessageKind.CAMPAIGN,
                KEDAI,
                MERAH,
                ANI,
                BLACK_FRIDAY,
                1,
                null,
                null,
                null,
                PHONE,
                "D'Cruz",
                "ecommerce",
                MessageType.TEXT,
                "50% off\neverything today only!",
                null,
                null,
                null,
                null,
                KUALA_LUMPUR,
                TEN,
                TEN.plusSeconds(604_800));
    }

    private static BroadcastMessage stepMessage() {
        return new BroadcastMessage(
                MessageId.ofContact(TEN, ANI_AT_WELCOME),
                MessageKind.STEP,
                KEDAI,
                MERAH,
                ANI,
                null,
                0,
                FITNESS,
                WELCOME,
                ANI_AT_WELCOME,
                PHONE,
                "Ani",
                null,
                MessageType.IMAGE,
                "Selamat datang",
                "https://example.com/welcome.png",
                5,
                15,
                AntiSpamProfile.GREETING,
                KUALA_LUMPUR,
                TEN,
                null);
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
                "ecommerce",
                MessageType.TEXT,
                "50% off",
                null,
                10,
                30,
                AntiSpamProfile.FULL,
                KUALA_LUMPUR);
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
                TEN);
    }

    private static DeviceSnapshot device(UnknownPolicy onUnknown, Integer hourlyCap, Integer dailyCap) {
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
                dailyCap);
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
                5,
                false);
    }
}
