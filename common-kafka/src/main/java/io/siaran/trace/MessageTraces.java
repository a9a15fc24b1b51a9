package io.siaran.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.siaran.model.MessageId;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What happened to a message and how long it took, as the spans of one trace. Nobody waits for it: spans are sent in the
 * background, and what a receiver does not take in time is dropped.
 */
@ApplicationScoped
public class MessageTraces {

    private static final AttributeKey<String> MESSAGE = AttributeKey.stringKey("siaran.message_id");
    private static final AttributeKey<String> TOPIC = AttributeKey.stringKey("messaging.destination.name");
    private static final AttributeKey<String> RECORD = AttributeKey.stringKey("siaran.record");
    private static final AttributeKey<String> PLATFORM = AttributeKey.stringKey("siaran.platform");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("siaran.outcome");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_WAITING = 4_096;
    private static final Clock CLOCK = Clock.systemUTC();

    private final Share share;
    private final MessageSpanIds ids = new MessageSpanIds();
    /** Null where nothing is traced. */
    private final SdkTracerProvider provider;

    private final Tracer tracer;

    @Inject
    public MessageTraces(TracingConfig config, @ConfigProperty(name = "quarkus.application.name") String service) {
        this(config.endpoint(), config.share(), service);
    }

    MessageTraces(Optional<String> endpoint, double share, String service) {
        this.share = new Share(share);
        this.provider = endpoint.map(address -> provider(address, service)).orElse(null);
        this.tracer = provider == null ? null : provider.get("io.siaran");
    }

    /** Traces nothing. */
    public static MessageTraces off() {
        return new MessageTraces(Optional.empty(), 0, "");
    }

    private SdkTracerProvider provider(String endpoint, String service) {
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint.replaceAll("/+$", "") + "/v1/traces")
                .setTimeout(PATIENCE)
                .build();
        return SdkTracerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), service))))
                .setIdGenerator(ids)
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setMaxQueueSize(MOST_WAITING)
                        .setScheduleDelay(Duration.ofSeconds(1))
                        .build())
                .build();
    }

    /** Whether anything is traced at all: whoever would have to look at records or the clock for it asks first. */
    public boolean isOn() {
        return tracer != null;
    }

    /** For the beginning of a span. Of the machine, whatever time a test has set: spans of several processes are compared. */
    public Instant now() {
        return CLOCK.instant();
    }

    /** A message came into being by a request, from the request until now. */
    public void accepted(MessageId id, Instant from) {
        if (isOn() && share.holds(id)) {
            first(id, "accept message", SpanKind.SERVER, from).end();
        }
    }

    /** Kafka acknowledged a record. The plan of a message is its first span where no request was. */
    public void published(String topic, String json, Instant from) {
        if (!isOn()) {
            return;
        }
        TracedRecords.messageIn(topic, json).filter(share::holds).ifPresent(id -> {
            Span span = TracedRecords.isPlan(topic, json)
                    ? first(id, "publish " + topic, SpanKind.PRODUCER, from)
                    : next(id, "publish " + topic, SpanKind.PRODUCER, from);
            span.setAttribute(TOPIC, topic)
                    .setAttribute(RECORD, TracedRecords.kindOf(json))
                    .end();
        });
    }

    /** A record was taken in and stored, from the moment when it was published until now. */
    public void taken(String topic, String json, long publishedAtMillis) {
        if (!isOn()) {
            return;
        }
        TracedRecords.messageIn(topic, json)
                .filter(share::holds)
                .ifPresent(id -> next(id, "take " + topic, SpanKind.CONSUMER, Instant.ofEpochMilli(publishedAtMillis))
                        .setAttribute(TOPIC, topic)
                        .setAttribute(RECORD, TracedRecords.kindOf(json))
                        .end());
    }

    /**
     * A platform was called, from then until now.
     *
     * @param well whether it took the message; other calls are told of whether the message is in the share or not
     */
    public void called(MessageId id, String platform, String outcome, boolean well, Instant from) {
        if (traceOfCall(id, well).isEmpty()) {
            return;
        }
        Span span = next(id, "call " + (platform.isEmpty() ? "whatsapp-web" : platform), SpanKind.CLIENT, from)
                .setAttribute(PLATFORM, platform)
                .setAttribute(OUTCOME, outcome);
        if (!well) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }

    /** The trace in which {@link #called} tells of such a call; empty where it does not. */
    public Optional<String> traceOfCall(MessageId id, boolean well) {
        return isOn() && (!well || share.holds(id)) ? Optional.of(MessageSpanIds.traceOf(id)) : Optional.empty();
    }

    private Span first(MessageId id, String name, SpanKind kind, Instant from) {
        ids.next(id);
        try {
            return start(id, tracer.spanBuilder(name).setNoParent(), kind, from);
        } finally {
            ids.begun();
        }
    }

    private Span next(MessageId id, String name, SpanKind kind, Instant from) {
        Context parent = Context.root().with(Span.wrap(MessageSpanIds.firstOf(id)));
        return start(id, tracer.spanBuilder(name).setParent(parent), kind, from);
    }

    private static Span start(MessageId id, SpanBuilder span, SpanKind kind, Instant from) {
        return span.setSpanKind(kind)
                .setStartTimestamp(from)
                .setAttribute(MESSAGE, id.toString())
                .startSpan();
    }

    @PreDestroy
    void close() {
        if (provider != null) {
            provider.shutdown().join(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
