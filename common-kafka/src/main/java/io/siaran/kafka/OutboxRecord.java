package io.siaran.kafka;

import io.siaran.model.Json;
import io.siaran.model.Topic;
import java.util.Objects;

/** A record to publish: where, under which key, and what. */
public record OutboxRecord(Topic topic, String key, Object payload) {

    public OutboxRecord {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(payload, "payload");
    }

    String json() {
        return Json.write(payload);
    }

    byte[] utf8() {
        return Json.writeUtf8(payload);
    }
}
