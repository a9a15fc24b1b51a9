package io.siaran.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.siaran.localstack.otlp.ReceivedSpan;
import io.siaran.localstack.otlp.TraceReceiver;
import io.siaran.model.MessageId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MessageTracesTest {

    private static final MessageId ID = MessageId.of("019375a5-7d00-8e98-98cc-d62e190a0be8");
    private static final String PLAN = "{\"record\":\"message\",\"id\":\"" + ID
            + "\",\"kind\":\"campaign\",\"recipient_phone\":\"60123456789\",\"message\":\"50% off\"}";
    private static final String SEND =
            "{\"record\":\"send\",\"message_id\":\"" + ID + "\",\"try_no\":1,\"recipient_phone\":\"60123456789\"}";
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
    void a_call_that_did_not_end_well_is_told_whatever_the_share() {
        // When
        MessageTraces traces = traces(0, "device-gateway");
        traces.taken("device-sends", SEND, FROM.toEpochMilli());
        traces.called(ID, "wablas", "Accepted", true, FROM);
        traces.called(ID, "", "Unknown", false, FROM);
        traces.close();

        // Then
        assertThat(receiver.spans()).singleElement().satisfies(span -> {
            assertThat(span.name()).isEqualTo("call whatsapp-web");
            assertThat(span.failed()).isTrue();
            assertThat(span.attributes()).containsEntry("siaran.outcome", "Unknown");
        });
    }

    @Test
    void without_an_address_nothing_is_made() {
        // When
        MessageTraces off = new MessageTraces(Optional.empty(), 1, "campaign-service");
        off.published("broadcast-messages", PLAN, FROM);
        off.close();

        // Then
        assertThat(off.isOn()).isFalse();
        assertThat(receiver.spans()).isEmpty();
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

    private MessageTraces traces(double share, String service) {
        return new MessageTraces(Optional.of(receiver.url() + "/"), share, service);
    }
}
