package io.siaran.trace;

import io.opentelemetry.api.trace.SpanKind;
import io.siaran.model.MessageId;
import io.siaran.trace.Passage.Trouble;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What happened to a message and how long it took, as the spans of one trace: of the messages in the share, and of those that fail,
 * as far back as this process remembers.
 */
@ApplicationScoped
public class MessageTraces {

    private static final String TOPIC = "messaging.destination.name";
    private static final String RECORD = "siaran.record";

    /** Some 3 MB: of a service that a hundred messages pass in a second, about the last ten seconds. */
    private static final int MOST_REMEMBERED = 10_000;

    private static final Clock CLOCK = Clock.systemUTC();

    private final Share share;
    private final RecentPassages recent = new RecentPassages(MOST_REMEMBERED);
    /** Empty where nothing is traced. */
    private final Optional<Spans> spans;

    @Inject
    public MessageTraces(TracingConfig config, @ConfigProperty(name = "quarkus.application.name") String service) {
        this(config.endpoint(), config.share(), service);
    }

    MessageTraces(Optional<String> endpoint, double share, String service) {
        this.share = new Share(share);
        this.spans = endpoint.map(address -> new Spans(address, service));
    }

    /** Traces nothing. */
    public static MessageTraces off() {
        return new MessageTraces(Optional.empty(), 0, "");
    }

    /** Whether anything is traced at all: whoever would have to look at records or the clock for it asks first. */
    public boolean isOn() {
        return spans.isPresent();
    }

    /** For the beginning of a span. Of the machine, whatever time a test has set: spans of several processes are compared. */
    public Instant now() {
        return CLOCK.instant();
    }

    /** A message came into being by a request, from the request until now. */
    public void accepted(MessageId id, Instant from) {
        if (isOn()) {
            pass(new Passage(id, true, "accept message", SpanKind.SERVER, Map.of(), from, now(), Trouble.NONE));
        }
    }

    /** Kafka acknowledged a record. The plan of a message is its first span where no request was. */
    public void published(String topic, String json, Instant from) {
        if (isOn()) {
            crossed("publish ", topic, json, SpanKind.PRODUCER, TracedRecords.isPlan(topic, json), from);
        }
    }

    /** A record was taken in and stored, from the moment when it was published until now. */
    public void taken(String topic, String json, long publishedAtMillis) {
        if (isOn()) {
            crossed("take ", topic, json, SpanKind.CONSUMER, false, Instant.ofEpochMilli(publishedAtMillis));
        }
    }

    private void crossed(String what, String topic, String json, SpanKind kind, boolean first, Instant from) {
        TracedRecords.messageIn(topic, json).ifPresent(id -> {
            Map<String, String> attributes = Map.of(TOPIC, topic, RECORD, TracedRecords.kindOf(json));
            Trouble trouble = TracedRecords.isTrouble(json) ? Trouble.HEARD : Trouble.NONE;
            pass(new Passage(id, first, what + topic, kind, attributes, from, now(), trouble));
        });
    }

    /**
     * A platform was called, from then until now.
     *
     * @param well whether it took the message; other calls are told of whether the message is in the share or not
     */
    public void called(MessageId id, String platform, String outcome, boolean well, Instant from) {
        if (isOn()) {
            String name = "call " + (platform.isEmpty() ? "whatsapp-web" : platform);
            Map<String, String> attributes = Map.of("siaran.platform", platform, "siaran.outcome", outcome);
            Trouble trouble = well ? Trouble.NONE : Trouble.FAILED;
            pass(new Passage(id, false, name, SpanKind.CLIENT, attributes, from, now(), trouble));
        }
    }

    /** The trace in which {@link #called} tells of such a call; empty where it does not. */
    public Optional<String> traceOfCall(MessageId id, boolean well) {
        return isOn() && (!well || share.holds(id)) ? Optional.of(MessageSpanIds.traceOf(id)) : Optional.empty();
    }

    private void pass(Passage passage) {
        if (share.holds(passage.message())) {
            spans.orElseThrow().tell(passage);
        } else {
            recent.toTellAfter(passage).forEach(spans.orElseThrow()::tell);
        }
    }

    @PreDestroy
    void close() {
        spans.ifPresent(Spans::close);
    }
}
