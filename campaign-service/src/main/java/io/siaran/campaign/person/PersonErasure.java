package io.siaran.campaign.person;

import io.siaran.model.Json;
import io.siaran.model.WireEnum;
import io.siaran.rest.VersionedByContent;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An erasure of one person, and how far it is. It does not say whose. */
@Schema(name = "PersonErasure")
record PersonErasure(
        @Schema(description = "the erasure", example = "01936f2e-0000-7000-8000-0000000000b4")
        UUID id,

        @Schema(
                implementation = String.class,
                enumeration = {"running", "done"},
                description = "done: nothing that says who the person is can be read any more, in any service",
                example = "done")
        Status status,

        @Schema(description = "each service, and what it has erased so far")
        List<Report> services,

        @Schema(
                description = "when it was asked for; the report is kept for 90 days after its end",
                example = "2027-11-20T08:15:30.123456Z")
        Instant askedAt,

        @Schema(
                description = "when the last service was through; null until then",
                example = "2027-11-20T08:15:41.123456Z",
                nullable = true)
        Instant endedAt,

        @Schema(
                description = "when the status or an answer of a service was changed last",
                example = "2027-11-20T08:15:31.123456Z")
        Instant updatedAt)
        implements VersionedByContent {

    @Schema(name = "PersonErasureReport")
    record Report(
            @Schema(description = "the service", example = "dispatch-service")
            String service,

            @Schema(
                    description =
                            "of what how much it erased: leads, messages, replies, …; counts of reports stay as they are",
                    example = "{\"messages\": 17, \"replies\": 2}")
            Map<String, Long> erased,

            @Schema(
                    description =
                            "whether it is through; before that it waits until nothing to the person is under way in it",
                    example = "true")
            boolean finished) {}

    enum Status implements WireEnum {
        RUNNING,
        DONE
    }

    /** @param row of {@code show-erasures.sql} */
    static PersonErasure of(Row row) {
        String[] erased = row.getArrayOfStrings("erased");
        Boolean[] answered = row.getArrayOfBooleans("answered");
        OffsetDateTime ended = row.get(OffsetDateTime.class, "ended_at");
        return new PersonErasure(
                row.getUUID("id"),
                ended == null ? Status.RUNNING : Status.DONE,
                IntStream.range(0, erased.length)
                        .mapToObj(i -> new Report(PersonExport.SERVICES.get(i), counts(erased[i]), answered[i]))
                        .toList(),
                row.get(OffsetDateTime.class, "asked_at").toInstant(),
                ended == null ? null : ended.toInstant(),
                row.get(OffsetDateTime.class, "updated_at").toInstant());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Long> counts(String json) {
        Map<String, Number> rows = Json.read(json, Map.class);
        Map<String, Long> counts = new TreeMap<>();
        rows.forEach((what, number) -> counts.put(what, number.longValue()));
        return counts;
    }
}
