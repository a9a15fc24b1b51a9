package io.siaran.trace;

import io.opentelemetry.api.trace.SpanKind;
import io.siaran.model.MessageId;
import java.time.Instant;
import java.util.Map;

/**
 * One border that a message crossed: what becomes a span, or is forgotten.
 *
 * @param first whether it is the first span of its trace
 * @param attributes beside the message's id; never a phone, a text or a name
 * @param trouble what of it is a reason to tell of the message
 */
record Passage(
        MessageId message,
        boolean first,
        String name,
        SpanKind kind,
        Map<String, String> attributes,
        Instant from,
        Instant until,
        Trouble trouble) {

    /** Whether all is well with a message. */
    enum Trouble {
        NONE,
        /** It failed elsewhere, and is heard of here. */
        HEARD,
        /** It failed here. */
        FAILED
    }

    boolean isTrouble() {
        return trouble != Trouble.NONE;
    }
}
