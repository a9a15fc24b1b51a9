package io.siaran.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Passages as spans, on their way to an OTLP receiver. Nobody waits for it: spans are sent in the background, and what a receiver
 * does not take in time is dropped.
 */
final class Spans implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_WAITING = 4_096;

    private final MessageSpanIds ids = new MessageSpanIds();
    private final SdkTracerProvider provider;
    private final Tracer tracer;

    /** @param endpoint base address of the receiver */
    Spans(String endpoint, String service) {
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint.replaceAll("/+$", "") + "/v1/traces")
                .setTimeout(PATIENCE)
                .build();
        provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), service))))
                .setIdGenerator(ids)
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setMaxQueueSize(MOST_WAITING)
                        .setScheduleDelay(Duration.ofSeconds(1))
                        .build())
                .build();
        tracer = provider.get("io.siaran");
    }

    void tell(Passage passage) {
        Span span = passage.first() ? first(passage) : next(passage);
        if (passage.trouble() == Passage.Trouble.FAILED) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end(passage.until());
    }

    private Span first(Passage passage) {
        ids.next(passage.message());
        try {
            return start(passage, tracer.spanBuilder(passage.name()).setNoParent());
        } finally {
            ids.begun();
        }
    }

    private Span next(Passage passage) {
        Context parent = Context.root().with(Span.wrap(MessageSpanIds.firstOf(passage.message())));
        return start(passage, tracer.spanBuilder(passage.name()).setParent(parent));
    }

    private static Span start(Passage passage, SpanBuilder span) {
        passage.attributes().forEach(span::setAttribute);
        return span.setSpanKind(passage.kind())
                .setStartTimestamp(passage.from())
                .setAttribute("siaran.message_id", passage.message().toString())
                .startSpan();
    }

    @Override
    public void close() {
        provider.shutdown().join(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
