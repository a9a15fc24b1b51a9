package io.siaran.gateway.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import io.siaran.gateway.device.Platform;
import io.siaran.gateway.provider.SendOutcome;
import io.siaran.model.MessageId;
import io.siaran.trace.MessageTraces;
import io.siaran.trace.TraceExemplars;
import io.siaran.trace.TracingConfig;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallExemplarsTest {

    private static final MessageId TRACED = MessageId.of("019375a5-7d00-8e98-98cc-d62e190a0be8");

    @Test
    void beside_a_bucket_stands_the_trace_of_the_call_that_fell_into_it() {
        // When
        List<String> buckets = bucketsAfterACall(Optional.of("http://127.0.0.1:9"));

        // Then
        assertThat(buckets)
                .filteredOn(line -> line.contains("trace_id=\"019375a57d008e9898ccd62e190a0be8\""))
                .hasSize(1)
                .allMatch(line -> line.contains("le=\"5.0\""));
    }

    @Test
    void what_is_not_traced_has_no_trace_to_look_at() {
        assertThat(bucketsAfterACall(Optional.empty())).isNotEmpty().noneMatch(line -> line.contains("trace_id"));
    }

    private static List<String> bucketsAfterACall(Optional<String> endpoint) {
        TraceExemplars exemplars = new TraceExemplars();
        PrometheusMeterRegistry registry =
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, new CollectorRegistry(), Clock.SYSTEM, exemplars);
        CallMetrics metrics = new CallMetrics(registry, new MessageTraces(tracing(endpoint), "gateway"), exemplars);
        metrics.lasted(
                Platform.WABLAS,
                TRACED,
                new SendOutcome.Accepted("wablas-1"),
                Instant.now().minusSeconds(3));
        return registry.scrape(TextFormat.CONTENT_TYPE_OPENMETRICS_100)
                .lines()
                .filter(line -> line.startsWith("siaran_call_duration_seconds_bucket{platform=\"wablas\""))
                .toList();
    }

    private static TracingConfig tracing(Optional<String> endpoint) {
        return new TracingConfig() {
            @Override
            public Optional<String> endpoint() {
                return endpoint;
            }

            @Override
            public double share() {
                return 1;
            }
        };
    }
}
