package io.siaran.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.opentelemetry.api.trace.SpanKind;
import io.siaran.localstack.otlp.ReceivedSpan;
import io.siaran.localstack.otlp.TraceReceiver;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.DeviceId;
import io.siaran.model.FailReason;
import io.siaran.model.Json;
import io.siaran.model.MessageId;
import io.siaran.model.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTracesTest {

    private static final MessageId ID = MessageId.of("019375a5-7d00-8e98-98cc-d62e190a0be8");
    private static final String PLAN = "{\"record\":\"message\",\"id\":\"" + ID
            + "\",\"kind\":\"campaign\",\"recipient_phone\":\"60123456789\",\"message\":\"50% off\"}";
    private static final String SEND =
            "{\"record\":\"send\",\"message_id\":\"" + ID + "\",\"try_no\":1,\"recipient_phone\":\"60123456789\"}";
    private static final MessageId OTHER = MessageId.of("019375a5-7d00-822b-89b2-be378790b4ec");
    private static final String OUTCOME = "{\"record\":\"%s\",\"message_id\":\"" + ID + "\",\"try_no\":1}";
    private static final String STATUS = "{\"message_id\":\"" + ID + "\",\"version\":4,\"status\":\"%s\"}";
    private static final Instant FROM = Instant.parse("2026-11-27T02:00:00Z");

    private final TraceReceiver receiver = new TraceReceiver();

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void two_services_write_one_trace_whose_id_is_the_message() {
        // When
        MessageTraces campaign = traces(1, "campaign-service");
        campaign.published("broadcast-messages", PLAN, FROM);
        campaign.close();
        MessageTraces gateway = traces(1, "device-gateway");
        gateway.taken("device-sends", SEND, FROM.toEpochMilli());
        gateway.called(ID, "wablas", "Accepted", true, FROM);
        gateway.close();

        // Then
        List<ReceivedSpan> spans = receiver.spans();
        assertThat(spans)
                .extracting(ReceivedSpan::service, ReceivedSpan::name)
                .containsExactly(
                        tuple("campaign-service", "publish broadcast-messages"),
                        tuple("device-gateway", "take device-sends"),
                        tuple("device-gateway", "call wablas"));
        assertThat(spans)
                .extracting(ReceivedSpan::trace)
                .containsOnly(ID.toString().replace("-", ""));
        assertThat(spans.getFirst().parent()).isEmpty();
        assertThat(spans.subList(1, 3))
                .extracting(ReceivedSpan::parent)
                .containsOnly(spans.getFirst().id());
        assertThat(spans)
                .noneMatch(ReceivedSpan::failed)
                .allMatch(span -> span.time().isPositive());
        assertThat(receiver.raw()).doesNotContain("60123456789", "50% off");
    }

    @Test
    void what_is_no_message_leaves_no_span() {
        // When
        MessageTraces traces = traces(1, "campaign-service");
        traces.published("plans", PLAN, FROM);
        traces.published("broadcast-messages", "{\"record\":\"message\",\"id\":\"nobody\"}", FROM);
        traces.taken("device-sends", null, 0);
        traces.close();

        // Then
        assertThat(receiver.spans()).isEmpty();
    }

    @Test
    void a_message_that_fails_is_told_from_what_each_service_remembers_whatever_the_share() {
        // When
        MessageTraces campaign = traces(0, "campaign-service");
        campaign.published("broadcast-messages", PLAN, FROM);
        campaign.published("broadcast-messages", PLAN.replace(ID.toString(), OTHER.toString()), FROM);
        campaign.taken("message-status", STATUS.formatted("pending"), FROM.toEpochMilli());
        MessageTraces gateway = traces(0, "device-gateway");
        gateway.taken("device-sends", SEND, FROM.toEpochMilli());
        gateway.called(OTHER, "wablas", "Accepted", true, FROM);
        gateway.called(ID, "", "Unknown", false, FROM);
        gateway.published("delivery-events", OUTCOME.formatted("unknown"), FROM);
        gateway.close();
        campaign.taken("message-status", STATUS.formatted("unknown"), FROM.toEpochMilli());
        campaign.taken("message-status", STATUS.formatted("sent"), FROM.toEpochMilli());
        campaign.close();

        // Then
        List<ReceivedSpan> spans = receiver.spans();
        assertThat(spans)
                .extracting(ReceivedSpan::service, ReceivedSpan::name)
                .containsExactly(
                        tuple("device-gateway", "take device-sends"),
                        tuple("device-gateway", "call whatsapp-web"),
                        tuple("device-gateway", "publish delivery-events"),
                        tuple("campaign-service", "publish broadcast-messages"),
                        tuple("campaign-service", "take message-status"),
                        tuple("campaign-service", "take message-status"),
                        tuple("campaign-service", "take message-status"));
        assertThat(spans)
                .extracting(ReceivedSpan::trace)
                .containsOnly(ID.toString().replace("-", ""));
        ReceivedSpan first = spans.get(3);
        assertThat(first.parent()).isEmpty();
        assertThat(spans)
                .filteredOn(span -> span != first)
                .extracting(ReceivedSpan::parent)
                .containsOnly(first.id());
        assertThat(spans)
                .filteredOn(ReceivedSpan::failed)
                .singleElement()
                .satisfies(span -> assertThat(span.attributes()).containsEntry("siaran.outcome", "Unknown"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rejected", "failed", "unknown", "refused"})
    void an_outcome_that_is_none_or_bad_tells_what_a_service_remembers(String outcome) {
        // When
        MessageTraces dispatch = traces(0, "dispatch-service");
        dispatch.accepted(ID, FROM);
        dispatch.taken("delivery-events", OUTCOME.formatted(outcome), FROM.toEpochMilli());
        dispatch.close();

        // Then
        assertThat(receiver.spans())
                .extracting(ReceivedSpan::name)
                .containsExactly("accept message", "take delivery-events");
    }

    @ParameterizedTest
    @ValueSource(strings = {"accepted", "returned", "deferred", "delivered", "read"})
    void what_is_usual_tells_nothing(String outcome) {
        // When
        MessageTraces dispatch = traces(0, "dispatch-service");
        dispatch.accepted(ID, FROM);
        dispatch.taken("delivery-events", OUTCOME.formatted(outcome), FROM.toEpochMilli());
        dispatch.taken("message-status", STATUS.formatted("sent"), FROM.toEpochMilli());
        dispatch.close();

        // Then
        assertThat(receiver.spans()).isEmpty();
    }

    @Test
    void what_the_version_in_use_writes_is_known_as_trouble() {
        // Given
        String failed = Json.write(new DeliveryEvent.Failed(
                ID,
                1,
                new UserId("kedai-ani"),
                DeviceId.of("01936f2e-0000-7000-8000-0000000000d1"),
                FROM,
                FailReason.PROVIDER_FAILED,
                "quota"));

        // When
        MessageTraces dispatch = traces(0, "dispatch-service");
        dispatch.taken("delivery-events", failed, FROM.toEpochMilli());
        dispatch.close();

        // Then
        assertThat(receiver.spans()).hasSize(1);
    }

    @Test
    void the_messages_that_were_met_first_are_forgotten_first() {
        // Given
        RecentPassages recent = new RecentPassages(7);
        MessageId third = MessageId.random(FROM, new Random(3));
        for (MessageId id : List.of(ID, OTHER, third)) {
            recent.toTellAfter(passage(id, Passage.Trouble.NONE));
            recent.toTellAfter(passage(id, Passage.Trouble.NONE));
        }

        // When / Then
        assertThat(recent.toTellAfter(passage(third, Passage.Trouble.HEARD))).hasSize(3);
        assertThat(recent.toTellAfter(passage(third, Passage.Trouble.NONE))).hasSize(1);
        assertThat(recent.toTellAfter(passage(OTHER, Passage.Trouble.FAILED))).hasSize(3);
        assertThat(recent.toTellAfter(passage(ID, Passage.Trouble.FAILED))).hasSize(1);
    }

    @Test
    void without_an_address_nothing_is_made() {
        // Given
        long before = exporting();

        // When
        MessageTraces off = new MessageTraces(Optional.empty(), 1, "campaign-service");
        off.published("broadcast-messages", PLAN, FROM);
        off.close();

        // Then
        assertThat(off.isOn()).isFalse();
        assertThat(exporting()).isEqualTo(before);
        assertThat(off.traceOfCall(ID, false)).isEmpty();
        assertThat(receiver.spans()).isEmpty();
    }

    /** Threads of the SDK. */
    private static long exporting() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("BatchSpanProcessor"))
                .count();
    }

    @Test
    void a_share_holds_that_many_messages_of_each_kind_of_id() {
        // Given
        Random random = new Random(4);
        List<MessageId> ids = Stream.generate(() -> MessageId.random(FROM, random))
                .limit(20_000)
                .toList();

        // When
        long held = ids.stream().filter(new Share(0.1)::holds).count();

        // Then
        assertThat(held).isBetween(1_850L, 2_150L);
        assertThat(ids).allMatch(new Share(1)::holds).noneMatch(new Share(0)::holds);
        assertThatThrownBy(() -> new Share(1.5)).hasMessageContaining("siaran.tracing.share");
    }

    private static Passage passage(MessageId id, Passage.Trouble trouble) {
        return new Passage(id, false, "call wablas", SpanKind.CLIENT, Map.of(), FROM, FROM, trouble);
    }

    private MessageTraces traces(double share, String service) {
        return new MessageTraces(Optional.of(receiver.url() + "/"), share, service);
    }
}
