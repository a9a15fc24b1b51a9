package io.siaran.dispatch.webhook;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/** Which deliveries of a webhook a request lists. */
record DeliveryQuery(
        @Parameter(description = "may be repeated") @RestQuery("status")
        List<DeliveryStatus> status,

        @Parameter(description = "of events of this type; may be repeated", example = "message.sent") @RestQuery("type")
        List<String> type,

        @Parameter(description = "made at or after", example = "2026-11-28T00:00:00Z") @RestQuery("from")
        Instant from,

        @Parameter(description = "made before", example = "2026-11-29T00:00:00Z") @RestQuery("to")
        Instant to) {

    DeliveryFilter filter() {
        return new DeliveryFilter(status, type, from, to);
    }
}
