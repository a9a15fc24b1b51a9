package io.siaran.sequence.enrolment;

import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.Limits;
import io.siaran.model.Tag;
import io.siaran.model.TargetStatus;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Whom to let into a sequence, or to take out of it: leads by their ids, or all that match a filter; one of the two. */
@Schema(name = "ContactSelection")
record EnrolRequest(
        @Schema(description = "These leads.", nullable = true) @Size(min = 1, max = MOST)
        List<@NotNull LeadId> leadIds,

        @Schema(description = "All leads that match every part of it.", nullable = true) @Valid
        Filter filter) {

    static final int MOST = 1_000;

    /** Of a folded tag. One that shows nothing is a mistake: taken for none, it would mean everybody. */
    private static final String TAG = "[^,]{1," + Limits.TAG + "}";

    private static final String EXPECTED = "must be one tag that shows something, of at most " + Limits.TAG
            + " characters and without a comma; null is any";

    /** An empty filter matches every lead of the user. */
    @Schema(name = "ContactFilter")
    record Filter(
            @Schema(description = "Only leads with this niche.", example = "fitness", nullable = true)
            @Pattern(regexp = TAG, message = EXPECTED)
            String niche,

            @Schema(description = "Only leads of this status. All: any.", example = "prospect", nullable = true)
            TargetStatus targetStatus,

            @Schema(
                    description = "Only leads on this device.",
                    example = "01934b5e-7c11-7d3a-9f5e-2a8f1c0b9d49",
                    nullable = true)
            DeviceId deviceId,

            @Schema(description = "Only leads that carry this trigger.", example = "cold", nullable = true)
            @Pattern(regexp = TAG, message = EXPECTED)
            String trigger) {

        Filter {
            niche = niche == null ? null : Tag.fold(niche);
            trigger = trigger == null ? null : Tag.fold(trigger);
            targetStatus = targetStatus == TargetStatus.ALL ? null : targetStatus;
        }

        String status() {
            return targetStatus == null ? null : targetStatus.wire();
        }

        UUID device() {
            return deviceId == null ? null : deviceId.value();
        }
    }

    boolean selectsOnce() {
        return (leadIds == null) != (filter == null);
    }

    /** Null where a filter chooses. */
    UUID[] leads() {
        return leadIds == null ? null : named().toArray(UUID[]::new);
    }

    /** None where a filter chooses. */
    List<UUID> named() {
        return leadIds == null ? List.of() : leadIds.stream().map(LeadId::value).toList();
    }

    /** Matches everybody where leads are named. */
    Filter filterOrNone() {
        return filter == null ? new Filter(null, null, null, null) : filter;
    }
}
