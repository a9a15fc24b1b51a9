package io.siaran.sequence.authoring;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.siaran.model.AntiSpamProfile;
import io.siaran.model.DelayRange;
import io.siaran.model.Expiry;
import io.siaran.model.SequenceId;
import io.siaran.model.Tag;
import io.siaran.model.TargetStatus;
import io.siaran.rest.Violation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A sequence on the wire, in requests and answers, with its defaults.
 *
 * @param warnings what should be known of it, though it was saved
 * @param stopOnReply stored; takes effect once replies are received
 */
record SequenceDocument(
        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        SequenceId id,

        @NotBlank @Size(max = 200) String name,

        @Pattern(regexp = Tag.ONE, message = Tag.EXPECTED) String niche,

        @Pattern(regexp = Tag.ONE, message = Tag.EXPECTED) String trigger,

        TargetStatus targetStatus,
        SequenceStatus status,
        @Min(0) @Max(DelayRange.LONGEST_SECONDS) Integer minDelaySeconds,
        @Min(0) @Max(DelayRange.LONGEST_SECONDS) Integer maxDelaySeconds,
        ZoneId timeZone,
        AntiSpamProfile antiSpam,
        FailurePolicy onFailure,
        FailurePolicy onUnknown,

        @Schema(
                description =
                        "whether a reply ends the contact's enrolment; stored, takes effect once replies are received")
        Boolean stopOnReply,

        Boolean allowReentry,
        Expiry expireAfter,
        @Size(max = 500) List<@NotNull @Valid StepDocument> steps,

        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        List<Violation> warnings,

        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        Instant createdAt) {

    SequenceDocument {
        niche = Tag.foldOrNull(niche);
        trigger = Tag.foldOrNull(trigger);
        targetStatus = targetStatus == null ? TargetStatus.ALL : targetStatus;
        status = status == null ? SequenceStatus.INACTIVE : status;
        onFailure = onFailure == null ? FailurePolicy.CONTINUE : onFailure;
        onUnknown = onUnknown == null ? FailurePolicy.CONTINUE : onUnknown;
        stopOnReply = stopOnReply != null && stopOnReply;
        allowReentry = allowReentry != null && allowReentry;
        expireAfter = expireAfter == null ? Expiry.DEFAULT : expireAfter;
        steps = steps == null ? List.of() : steps;
    }
}
