package io.siaran.campaign.lead;

import io.siaran.model.DeviceId;
import io.siaran.model.UserId;
import io.siaran.model.WireEnum;
import io.siaran.rest.VersionedByContent;
import io.vertx.mutiny.sqlclient.Row;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A file of leads that is taken in.
 *
 * @param device of every row without one; null: each row names its own
 * @param mapping what the caller says of headers, as {@code header:field}
 * @param lines how many are worked off
 * @param lostLeases how many in a row ended without a word since the last of them
 */
record LeadImport(
        UUID id,
        UserId user,
        DeviceId device,
        boolean eraseBlank,
        List<String> mapping,
        Charset encoding,
        long lines,
        int lostLeases,
        UUID lease) {

    static LeadImport of(Row row) {
        return new LeadImport(
                row.getUUID("id"),
                new UserId(row.getString("user_id")),
                row.getUUID("device_id") == null ? null : new DeviceId(row.getUUID("device_id")),
                row.getBoolean("erase_blank"),
                List.of(row.getArrayOfStrings("mapping")),
                Charset.forName(row.getString("encoding")),
                row.getLong("lines"),
                row.getInteger("lost_leases"),
                row.getUUID("lease"));
    }

    enum Status implements WireEnum {
        /** The file comes in. */
        UPLOADING,
        /** Nobody works on it yet. */
        WAITING,
        RUNNING,
        DONE,
        /** The file cannot be read any further, or it is given up; what was before that place is written. */
        FAILED
    }

    /** As it is answered. */
    @Schema(name = "LeadImport")
    record View(
            @Schema(description = "the import", example = "01936f2e-0000-7000-8000-0000000000e1")
            UUID id,

            @Schema(
                    implementation = String.class,
                    enumeration = {"uploading", "waiting", "running", "done", "failed"},
                    description = "where it stands",
                    example = "running")
            Status status,

            @Schema(
                    description = "why it failed; null unless it did",
                    example = "the file ends inside of quotes",
                    nullable = true)
            String failure,

            @Schema(
                    description = "how the file is encoded; null until all of it is here",
                    example = "UTF-8",
                    nullable = true)
            String encoding,

            @Schema(description = "the size of the file", example = "1048576")
            long bytes,

            @Schema(description = "lines that are worked off: the sum of the five below", example = "1200")
            long lines,

            @Schema(description = "leads that are new", example = "1000")
            long created,

            @Schema(description = "leads that were changed", example = "100")
            long updated,

            @Schema(description = "leads that say what is stored", example = "90")
            long unchanged,

            @Schema(description = "lines whose device and phone an earlier line has", example = "7")
            long duplicate,

            @Schema(description = "lines that are wrong; GET …/rejections says why", example = "3")
            long refused,

            @Schema(
                    description = "reasons that GET …/rejections has not, since an import keeps the first 10,000",
                    example = "0")
            long rejectionsNotKept,

            @Schema(description = "when the file came", example = "2027-11-20T08:15:30.123456Z")
            Instant createdAt,

            @Schema(
                    description = "when it ended; null until then",
                    example = "2027-11-20T08:16:30.123456Z",
                    nullable = true)
            Instant endedAt,

            @Schema(
                    description = "when a number above or the status was changed last",
                    example = "2027-11-20T08:16:30.123456Z")
            Instant updatedAt)
            implements VersionedByContent {

        static View of(Row row) {
            OffsetDateTime ended = row.get(OffsetDateTime.class, "ended_at");
            return new View(
                    row.getUUID("id"),
                    WireEnum.read(Status.class, row.getString("status")),
                    row.getString("failure"),
                    row.getString("encoding"),
                    row.getLong("bytes"),
                    row.getLong("lines"),
                    row.getLong("created"),
                    row.getLong("updated"),
                    row.getLong("unchanged"),
                    row.getLong("duplicate"),
                    row.getLong("refused"),
                    row.getLong("rejections_not_kept"),
                    row.get(OffsetDateTime.class, "created_at").toInstant(),
                    ended == null ? null : ended.toInstant(),
                    row.get(OffsetDateTime.class, "updated_at").toInstant());
        }
    }
}
