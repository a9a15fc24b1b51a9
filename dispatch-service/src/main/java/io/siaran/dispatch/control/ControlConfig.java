package io.siaran.dispatch.control;

import io.siaran.dispatch.queue.MessageChanges.Lifetimes;
import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** {@code siaran.control.*}: the defaults stand in {@code application.properties}. */
@ConfigMapping(prefix = "siaran.control")
interface ControlConfig {

    /** ISO country that a phone number without a country code belongs to. */
    String phoneRegion();

    /** How long a direct message that is retried past its time may wait. */
    Duration directExpiresAfter();

    /** How long a message of a campaign or a sequence that is retried past its time may wait. */
    Duration plannedExpiresAfter();

    /** How often actions that were asked for are looked for. */
    Duration interval();

    /** Messages that one transaction of a bulk action changes. */
    @Min(1)
    int batch();

    /** Messages that it looks at, however few of them match. */
    @Min(1)
    int lookAt();

    default Lifetimes lifetimes() {
        return new Lifetimes(directExpiresAfter(), plannedExpiresAfter());
    }
}
