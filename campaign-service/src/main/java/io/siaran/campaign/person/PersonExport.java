package io.siaran.campaign.person;

import io.siaran.model.PersonRequest;
import io.siaran.model.PhoneNumber;
import io.siaran.model.WireEnum;
import io.siaran.rest.VersionedByContent;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A request for what is kept of one person, and how far it is. */
@Schema(name = "PersonExport")
record PersonExport(
        @Schema(description = "the request", example = "01936f2e-0000-7000-8000-0000000000b3")
        UUID id,

        @Schema(
                implementation = String.class,
                description = "the person, in international digits",
                example = "60123456789")
        PhoneNumber phone,

        @Schema(
                implementation = String.class,
                enumeration = {"running", "late", "done"},
                description =
                        "done: every service has answered; late: one of them has not for an hour, and may still, the file has"
                                + " what the others told",
                example = "done")
        Status status,

        @Schema(description = "each service, and what it has told so far")
        List<Answer> services,

        @Schema(description = "when it was asked for; forgotten 7 days later", example = "2027-11-20T08:15:30.123456Z")
        Instant askedAt,

        @Schema(
                description = "when the last service had answered; null until then",
                example = "2027-11-20T08:15:31.123456Z",
                nullable = true)
        Instant endedAt,

        @Schema(
                description = "when the status or an answer of a service was changed last",
                example = "2027-11-20T08:15:31.123456Z")
        Instant updatedAt)
        implements VersionedByContent {

    /** Who keeps something of people. */
    static final List<String> SERVICES =
            List.of("campaign-service", "sequence-service", "dispatch-service", "device-gateway");

    @Schema(name = "PersonExportAnswer")
    record Answer(
            @Schema(description = "the service", example = "dispatch-service")
            String service,

            @Schema(description = "how many facts it has told", example = "17")
            long facts,

            @Schema(description = "whether it has told the last one", example = "true")
            boolean answered) {}

    enum Status implements WireEnum {
        RUNNING,
        LATE,
        DONE;

        private static Status of(Instant asked, OffsetDateTime ended, Instant now) {
            if (ended != null) {
                return DONE;
            }
            return asked.plus(PATIENCE).isAfter(now) ? RUNNING : LATE;
        }
    }

    /** How long a service may take to answer before nobody waits for it any more. */
    static final Duration PATIENCE = Duration.ofHours(1);

    /** Nobody has answered yet. */
    static PersonExport asked(PersonRequest request) {
        return new PersonExport(
                request.id(),
                request.phone(),
                Status.RUNNING,
                SERVICES.stream().map(service -> new Answer(service, 0, false)).toList(),
                request.askedAt(),
                null,
                request.askedAt());
    }

    /** @param row of {@code show-exports.sql} */
    static PersonExport of(Row row, Instant now) {
        Long[] facts = row.getArrayOfLongs("facts");
        Boolean[] answered = row.getArrayOfBooleans("answered");
        Instant asked = row.get(OffsetDateTime.class, "asked_at").toInstant();
        OffsetDateTime ended = row.get(OffsetDateTime.class, "ended_at");
        Status status = Status.of(asked, ended, now);
        return new PersonExport(
                row.getUUID("id"),
                new PhoneNumber(row.getString("phone")),
                status,
                IntStream.range(0, SERVICES.size())
                        .mapToObj(i -> new Answer(SERVICES.get(i), facts[i], answered[i]))
                        .toList(),
                asked,
                ended == null ? null : ended.toInstant(),
                changed(
                        status,
                        asked,
                        row.get(OffsetDateTime.class, "updated_at").toInstant()));
    }

    /** It becomes late by nobody's writing. */
    private static Instant changed(Status status, Instant asked, Instant written) {
        Instant late = asked.plus(PATIENCE);
        return status == Status.LATE && late.isAfter(written) ? late : written;
    }
}
