package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.siaran.client.model.CampaignStatus;
import io.siaran.localstack.otlp.ReceivedSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a receiver of traces hears of a message on its way through all services. They trace every fourth message here, each deciding
 * for itself.
 */
@ExtendWith(PackagedStack.class)
class TracesIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final String TEXT = "Jejak ini rahasia";

    /** So many that it would be a miracle if all of them were in the share, or none. */
    private static final int MESSAGES = 48;

    /** Kafka's own times, with which a taking begins, are whole milliseconds, and a clock is set while it runs. */
    private static final Duration SLACK = Duration.ofMillis(50);

    private static final int REFUSED_MESSAGES = 24;

    private static final String REFUSED = "device-gateway call wablas NotOnWhatsApp";
    private static final String ACCEPTED = "dispatch-service accept message";

    /** Each border that a message crosses on its way to the phone, in the order in which it does. */
    private static final List<String> WAY = List.of(
            "dispatch-service publish device-sends send",
            "device-gateway take device-sends send",
            "device-gateway call wablas Accepted",
            "device-gateway publish delivery-events accepted",
            "dispatch-service take delivery-events accepted",
            "dispatch-service publish message-status",
            "sequence-service take message-status",
            "campaign-service take message-status");

    private static final List<String> RECEIPTS = Stream.of("delivered", "read")
            .flatMap(receipt -> Stream.of(
                    "device-gateway publish delivery-events " + receipt,
                    "dispatch-service take delivery-events " + receipt))
            .toList();

    private final PackagedStack.Running siaran;

    TracesIT(PackagedStack.Running siaran) {
        this.siaran = siaran;
    }

    @Test
    void a_direct_message_is_one_trace_from_the_request_to_the_receipt_or_none() {
        // Given
        Shop jejak = siaran.shop("kedai-jejak");
        UUID device = jejak.heard("merah");

        // When
        List<UUID> messages = IntStream.range(0, MESSAGES)
                .mapToObj(number -> jejak.message(device, phone(number), TEXT))
                .toList();

        // Then
        assertEachIsTracedWholeOrNotAtAll(messages, ACCEPTED);
        assertThat(siaran.traces().raw()).doesNotContain(TEXT, phone(0), phone(MESSAGES - 1), "sim-kedai-", "Bearer");
    }

    @Test
    void a_message_of_a_campaign_is_one_trace_from_the_plan_to_the_receipt_or_none() {
        // Given
        Shop rintis = siaran.shop("kedai-rintis");
        rintis.leads(MESSAGES, "biru", rintis.heard("biru"), "jejak", "");

        // When
        UUID campaign = rintis.triggeredCampaign("Jejak", "jejak", TEXT);

        // Then
        await().atMost(PATIENCE)
                .pollInterval(LOOK)
                .until(() -> rintis.crm().campaign(campaign).getStatus() == CampaignStatus.COMPLETED);
        List<UUID> messages = ids(rintis, campaign);
        assertThat(messages).hasSize(MESSAGES);
        assertEachIsTracedWholeOrNotAtAll(messages, "campaign-service publish broadcast-messages message");
        assertThat(siaran.traces().raw())
                .doesNotContain(TEXT, "D'Cruz", "sim-kedai-")
                .doesNotContain(rintis.deviceOfPhone().keySet());
    }

    @Test
    void a_step_of_a_sequence_is_one_trace_from_its_firing_to_the_receipt_or_none() {
        // Given
        Shop langkah = siaran.shop("kedai-langkah");
        UUID device = langkah.heard("ungu");
        langkah.activeSequence("Jejak", "jejak_langkah", TEXT);

        // When
        langkah.leads(MESSAGES, "ungu", device, "", "jejak_langkah");

        // Then
        await().atMost(PATIENCE)
                .pollInterval(LOOK)
                .until(() -> langkah.crm().messages().size() == MESSAGES);
        assertEachIsTracedWholeOrNotAtAll(ids(langkah), "sequence-service publish broadcast-messages message");
        assertThat(siaran.traces().raw())
                .doesNotContain(TEXT, "D'Cruz", "sim-kedai-")
                .doesNotContain(langkah.deviceOfPhone().keySet());
    }

    @Test
    void of_a_message_that_its_platform_refuses_the_whole_way_is_told_in_the_share_or_not() {
        // Given
        Shop sesat = siaran.shop("kedai-sesat");
        UUID device = sesat.heard("hijau");
        siaran.ledger().tell("/control/faults", """
                {"kind":"unknown_number","device":"sim-kedai-sesat-hijau"}""");

        // When
        List<UUID> messages = IntStream.range(0, REFUSED_MESSAGES)
                .mapToObj(number -> sesat.message(device, phone(number), TEXT))
                .toList();

        // Then
        await().atMost(PATIENCE).pollInterval(LOOK).untilAsserted(() -> {
            assertThat(traces(messages)).hasSameSizeAs(messages);
            assertThat(failedOnlyBy(REFUSED, messages))
                    .hasSizeGreaterThan(REFUSED_MESSAGES / 2)
                    .allSatisfy(trace -> assertThat(trace)
                            .extracting(TracesIT::border)
                            .contains(
                                    ACCEPTED,
                                    "dispatch-service publish device-sends send",
                                    "device-gateway take device-sends send",
                                    REFUSED,
                                    "device-gateway publish delivery-events rejected",
                                    "dispatch-service take delivery-events rejected",
                                    "dispatch-service publish message-status",
                                    "sequence-service take message-status",
                                    "campaign-service take message-status"));
        });
        failedOnlyBy(REFUSED, messages).forEach(trace -> {
            assertThat(trace).filteredOn(ReceivedSpan::failed).hasSize(1);
            assertOneTree(trace, ACCEPTED);
        });
    }

    /** Of all messages of the shop, or of those of its campaigns that are named. */
    private static List<UUID> ids(Shop shop, UUID... campaigns) {
        return shop.crm().messages(campaigns).stream()
                .map(message -> message.getId())
                .toList();
    }

    /** A busy machine may cut a call: of such a message another way is told. */
    private List<List<ReceivedSpan>> failedOnlyBy(String border, List<UUID> messages) {
        return traces(messages).values().stream()
                .filter(trace -> trace.stream()
                        .allMatch(span -> !span.failed() || border(span).equals(border)))
                .toList();
    }

    private void assertEachIsTracedWholeOrNotAtAll(List<UUID> messages, String root) {
        await().atMost(PATIENCE)
                .pollInterval(LOOK)
                .untilAsserted(() -> assertThat(withoutFailure(messages))
                        .hasSizeBetween(1, messages.size() - 1)
                        .allSatisfy(trace -> assertThat(trace)
                                .extracting(TracesIT::border)
                                .contains(root)
                                .containsAll(WAY)
                                .containsAll(RECEIPTS)));
        withoutFailure(messages).forEach(trace -> {
            assertOneTree(trace, root);
            assertInTheOrderOfTheWay(trace, root);
        });
    }

    /** One that fails, as a call may on a busy machine, is told of whatever the share, and has another way. */
    private List<List<ReceivedSpan>> withoutFailure(List<UUID> messages) {
        return traces(messages).values().stream()
                .filter(trace -> trace.stream().noneMatch(ReceivedSpan::failed))
                .toList();
    }

    /** The first span has no parent, and is the parent of every other one. */
    private static void assertOneTree(List<ReceivedSpan> trace, String root) {
        List<ReceivedSpan> first =
                trace.stream().filter(span -> span.parent().isEmpty()).toList();
        assertThat(first).extracting(TracesIT::border).containsExactly(root);
        assertThat(trace)
                .filteredOn(span -> !span.parent().isEmpty())
                .extracting(ReceivedSpan::parent)
                .containsOnly(first.getFirst().id());
        assertThat(trace).extracting(ReceivedSpan::id).doesNotHaveDuplicates();
    }

    private static void assertInTheOrderOfTheWay(List<ReceivedSpan> trace, String root) {
        List<Instant> begun = Stream.concat(Stream.of(root), WAY.stream().limit(4))
                .map(border -> trace.stream()
                        .filter(span -> border(span).equals(border))
                        .map(ReceivedSpan::begun)
                        .min(Comparator.naturalOrder())
                        .orElseThrow())
                .toList();
        for (int next = 1; next < begun.size(); next++) {
            assertThat(begun.get(next)).isAfterOrEqualTo(begun.get(next - 1).minus(SLACK));
        }
    }

    /** By the trace's id, which is the message's; of those messages of which anything was told so far. */
    private Map<String, List<ReceivedSpan>> traces(List<UUID> messages) {
        Set<String> wanted =
                messages.stream().map(id -> id.toString().replace("-", "")).collect(Collectors.toSet());
        return siaran.traces().spans().stream()
                .filter(span -> wanted.contains(span.trace()))
                .collect(Collectors.groupingBy(ReceivedSpan::trace));
    }

    /** Which service did what with which record, or how a call ended. */
    private static String border(ReceivedSpan span) {
        return String.join(
                        " ",
                        span.service(),
                        span.name(),
                        span.attributes().getOrDefault("siaran.record", ""),
                        span.attributes().getOrDefault("siaran.outcome", ""))
                .replaceAll(" +", " ")
                .strip();
    }

    private static String phone(int number) {
        return "6013755%04d".formatted(number);
    }
}
