package io.siaran.kafka;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** {@code siaran.outbox.*}: how the relay works; the defaults stand in {@code microprofile-config.properties}. */
@ConfigMapping(prefix = "siaran.outbox")
public interface OutboxConfig {

    /** Rows published in one Kafka transaction. */
    int batchSize();

    /** How often the active relay looks when nobody wakes it. */
    Duration pollInterval();

    /** How often a relay that is not the active one tries to become it. */
    Duration standbyInterval();
}
