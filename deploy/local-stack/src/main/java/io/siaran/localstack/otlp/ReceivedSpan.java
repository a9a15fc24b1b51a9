package io.siaran.localstack.otlp;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * A span as it came.
 *
 * @param service {@code service.name} of its resource
 * @param trace 32 hexadecimal digits
 * @param id 16 hexadecimal digits
 * @param parent the same of its parent, or empty
 * @param attributes those that are texts
 * @param failed whether its status is an error
 */
public record ReceivedSpan(
        String service,
        String trace,
        String id,
        String parent,
        String name,
        Instant begun,
        Duration time,
        Map<String, String> attributes,
        boolean failed) {}
