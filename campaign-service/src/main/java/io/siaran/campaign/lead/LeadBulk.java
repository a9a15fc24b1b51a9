package io.siaran.campaign.lead;

import io.siaran.campaign.lead.LeadUpserts.Outcome;
import io.siaran.model.LeadId;
import io.siaran.rest.Violation;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Many leads at once. */
@Schema(name = "LeadBulk")
record LeadBulk(
        @NotNull
        @Size(min = 1, max = LeadBulk.MOST)
        @Schema(description = "1 to 1,000 leads; what one of them does not say stays as it is stored")
        List<LeadBody> leads) {

    static final int MOST = 1_000;

    /** What became of them. */
    @Schema(name = "LeadBulkResult")
    record Result(
            @Schema(description = "leads that are new", example = "120")
            long created,

            @Schema(description = "leads that were changed", example = "30")
            long updated,

            @Schema(description = "leads that say what is stored", example = "850")
            long unchanged,

            @Schema(description = "rows whose device and phone an earlier row has", example = "0")
            long duplicate,

            @Schema(description = "rows that are wrong", example = "0")
            long refused,

            @Schema(description = "each row, in the order of the request")
            List<Row> results) {

        static Result of(List<Row> rows) {
            return new Result(
                    count(rows, Outcome.CREATED),
                    count(rows, Outcome.UPDATED),
                    count(rows, Outcome.UNCHANGED),
                    count(rows, Outcome.DUPLICATE),
                    count(rows, Outcome.REFUSED),
                    rows);
        }

        private static long count(List<Row> rows, Outcome outcome) {
            return rows.stream().filter(row -> row.status() == outcome).count();
        }
    }

    @Schema(name = "LeadBulkRow")
    record Row(
            @Schema(description = "which one, from 0", example = "0")
            int index,

            @Schema(
                    implementation = String.class,
                    enumeration = {"created", "updated", "unchanged", "duplicate", "refused"},
                    description = "what became of it",
                    example = "created")
            Outcome status,

            @Schema(
                    implementation = String.class,
                    format = "uuid",
                    nullable = true,
                    description = "the lead; null when it was refused",
                    example = "01936f2e-0000-7000-8000-0000000000a1")
            LeadId id,

            @Schema(description = "what is wrong with it; none unless it was refused")
            List<Violation> violations) {}
}
