package io.siaran.trace;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.siaran.model.MessageId;

/**
 * The trace of a message is its id, and its first span follows from the id too: whoever knows a message can find its trace, and
 * no service needs to hand a context to the next one.
 */
final class MessageSpanIds implements IdGenerator {

    private static final IdGenerator RANDOM = IdGenerator.random();

    private final ThreadLocal<MessageId> first = new ThreadLocal<>();

    /** Where every later span hangs. */
    static SpanContext firstOf(MessageId id) {
        return SpanContext.createFromRemoteParent(
                traceOf(id), firstSpanOf(id), TraceFlags.getSampled(), TraceState.getDefault());
    }

    static String traceOf(MessageId id) {
        return TraceId.fromLongs(id.value().getMostSignificantBits(), id.value().getLeastSignificantBits());
    }

    private static String firstSpanOf(MessageId id) {
        // The lower half of an id is never 0: its first bits say which kind of id it is.
        return SpanId.fromLong(id.value().getLeastSignificantBits());
    }

    /** Until {@link #begun}, what this thread starts without a parent is the first span of that message. */
    void next(MessageId id) {
        first.set(id);
    }

    void begun() {
        first.remove();
    }

    @Override
    public String generateTraceId() {
        MessageId id = first.get();
        return id == null ? RANDOM.generateTraceId() : traceOf(id);
    }

    @Override
    public String generateSpanId() {
        MessageId id = first.get();
        return id == null ? RANDOM.generateSpanId() : firstSpanOf(id);
    }
}
