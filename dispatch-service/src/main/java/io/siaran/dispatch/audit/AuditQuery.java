package io.siaran.dispatch.audit;

import io.siaran.model.Deed;
import io.siaran.model.WireEnum;
import io.siaran.rest.Refusal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/** Which entries a request lists. */
record AuditQuery(
        @Parameter(description = "what was done; may be repeated") @RestQuery("action")
        List<Deed> action,

        @Parameter(description = "to which message, webhook, …", example = "01936f2e-0000-8000-8000-000000000001")
        @RestQuery("subject_id")
        String subjectId,

        @Parameter(description = "who did it", example = "kedai-ani") @RestQuery("by")
        String by,

        @Parameter(description = "done at or after", example = "2026-11-28T00:00:00Z") @RestQuery("from")
        Instant from,

        @Parameter(description = "done before", example = "2026-11-29T00:00:00Z") @RestQuery("to")
        Instant to) {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    String[] actions() {
        return action == null || action.isEmpty()
                ? null
                : action.stream().map(WireEnum::wire).toArray(String[]::new);
    }

    /** Throws {@link Refusal} (a 400) for a time beyond all times. */
    OffsetDateTime since() {
        return utc("from", from);
    }

    /** Throws {@link Refusal} (a 400) for a time beyond all times. */
    OffsetDateTime until() {
        return utc("to", to);
    }

    private static OffsetDateTime utc(String field, Instant time) {
        if (time != null && (time.isBefore(EARLIEST) || time.isAfter(LATEST))) {
            throw Refusal.invalid(field, "must be between " + EARLIEST + " and " + LATEST);
        }
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
