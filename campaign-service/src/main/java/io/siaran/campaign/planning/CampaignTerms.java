package io.siaran.campaign.planning;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.siaran.model.AntiSpamProfile;
import io.siaran.model.DelayRange;
import io.siaran.model.Expiry;
import io.siaran.model.MessageType;
import io.siaran.model.TargetStatus;
import io.siaran.model.template.TextCheck;
import io.siaran.rest.Refusal;
import io.siaran.rest.Violation;
import jakarta.persistence.Embeddable;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a person decides about a campaign: the body of a POST, and the columns that keep it. Absent choices take their
 * defaults here, in one place.
 *
 * @param message a {@link io.siaran.model.template.Template}
 * @param niche one tag, matched whole and case folded
 * @param antiSpam null: as each device says
 * @param minDelaySeconds null, both: as each device says
 * @param sendUntil the local time of day before which a late campaign may still go; null: until midnight
 */
@Embeddable
public record CampaignTerms(
        @NotBlank @Size(max = 200) String title,
        @NotBlank @Size(max = 4096) String message,

        @Size(max = 2000)
        @Pattern(regexp = "https?://\\S+", message = "must be a URL that begins with http:// or https://")
        String imageUrl,

        @NotBlank @Size(max = 100) @Pattern(regexp = "[^,]*", message = "must be one tag, without a comma")
        String niche,

        TargetStatus targetStatus,
        @NotNull LocalDate campaignDate,

        @NotNull @JsonFormat(pattern = "HH:mm") @Schema(implementation = String.class, examples = "10:00")
        LocalTime timeSchedule,

        @Schema(implementation = String.class, defaultValue = "Asia/Kuala_Lumpur")
        ZoneId timeZone,

        @Min(0) @Max(DelayRange.LONGEST_SECONDS) Integer minDelaySeconds,
        @Min(0) @Max(DelayRange.LONGEST_SECONDS) Integer maxDelaySeconds,
        AntiSpamProfile antiSpam,
        OfflineDevices offlineDevices,
        DuplicatePhones duplicatePhones,
        LatePolicy latePolicy,

        @JsonFormat(pattern = "HH:mm") @Schema(implementation = String.class, examples = "18:00")
        LocalTime sendUntil,

        @Schema(
                implementation = String.class,
                defaultValue = "PT168H",
                description = "ISO 8601 duration, at most P3650D, or none")
        Expiry expireAfter) {

    static final ZoneId DEFAULT_ZONE = ZoneId.of("Asia/Kuala_Lumpur");

    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2199;

    public CampaignTerms {
        targetStatus = Objects.requireNonNullElse(targetStatus, TargetStatus.ALL);
        timeZone = Objects.requireNonNullElse(timeZone, DEFAULT_ZONE);
        offlineDevices = Objects.requireNonNullElse(offlineDevices, OfflineDevices.HOLD);
        duplicatePhones = Objects.requireNonNullElse(duplicatePhones, DuplicatePhones.ONCE);
        latePolicy = Objects.requireNonNullElse(latePolicy, LatePolicy.SEND);
        expireAfter = Objects.requireNonNullElse(expireAfter, Expiry.DEFAULT);
    }

    /** The moment that date, time and zone name; a local time that a change of clocks skips is moved on by its gap. */
    Instant planned() {
        return campaignDate.atTime(timeSchedule).atZone(timeZone).toInstant();
    }

    MessageType messageType() {
        return imageUrl == null ? MessageType.TEXT : MessageType.IMAGE;
    }

    /** What its author should know of it, as it is saved and whenever it is shown. */
    List<Violation> warnings() {
        return text().warnings().stream()
                .map(warning -> new Violation("message", warning))
                .toList();
    }

    /** @throws Refusal a 400 that names every field that does not go with another, and a message that cannot be read */
    void requireConsistent() {
        List<Violation> violations = new ArrayList<>();
        if ((minDelaySeconds == null) != (maxDelaySeconds == null)) {
            String missing = minDelaySeconds == null ? "min_delay_seconds" : "max_delay_seconds";
            violations.add(new Violation(missing, "must be given together with the other delay"));
        } else if (minDelaySeconds != null && minDelaySeconds > maxDelaySeconds) {
            violations.add(new Violation("max_delay_seconds", "must not be below min_delay_seconds"));
        }
        text().refusal().ifPresent(reason -> violations.add(new Violation("message", reason)));
        if (campaignDate.getYear() < FIRST_YEAR || campaignDate.getYear() > LAST_YEAR) {
            violations.add(new Violation("campaign_date", "must be from 2000 to 2199"));
        }
        if (sendUntil != null && !sendUntil.isAfter(timeSchedule)) {
            violations.add(new Violation("send_until", "must be after time_schedule"));
        }
        if (!violations.isEmpty()) {
            throw Refusal.invalid(violations);
        }
    }

    private TextCheck text() {
        return TextCheck.of(message, messageType());
    }
}
