package io.siaran.campaign.planning;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.siaran.model.AntiSpamProfile;
import io.siaran.model.Expiry;
import io.siaran.model.Limits;
import io.siaran.model.MessageType;
import io.siaran.model.Tag;
import io.siaran.model.TargetStatus;
import io.siaran.rest.AnsweredAs;
import io.siaran.rest.MultiLine;
import jakarta.persistence.Embeddable;
import jakarta.validation.Valid;
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
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What an operator decides about a campaign: the body of a POST or PUT, and the columns that keep it. Absent choices take
 * their defaults here, in one place.
 *
 * @param message a {@link io.siaran.model.template.Template}
 * @param niche one tag, matched whole and case folded
 * @param antiSpam null, as checkNumbers: as each device says
 * @param minDelaySeconds null, both: as each device says
 * @param sendFrom null, as sendUntil and weekdays: see {@link SendHours}
 * @param sendUntil the local time of day before which a late campaign may still go; null: until midnight
 */
@Embeddable
@AnsweredAs(CampaignView.class)
public record CampaignTerms(
        @NotBlank
        @Size(max = Limits.TITLE)
        @Schema(description = "what operators call the campaign", example = "Black Friday Sale")
        String title,

        @NotBlank
        @MultiLine
        @Size(max = Limits.TEXT)
        @Schema(
                description =
                        "the text, a template: {{name}}, {{attributes.plan|basic}}, {Hi|Hello}; at most 1,024 characters"
                                + " with an image",
                example = "Hi {{name}}, 50% off everything today only!")
        String message,

        @Size(max = Limits.URL)
        @Schema(
                format = "uri",
                description = "an image to send with the text as its caption; null: text only",
                example = "https://example.com/sale.png",
                nullable = true)
        String imageUrl,

        @NotBlank
        @Pattern(regexp = Tag.ONE, message = Tag.EXPECTED)
        @Schema(
                maxLength = Limits.TAG,
                description = "leads with this niche are reached: one whole tag, in any case",
                example = "ecommerce")
        String niche,

        @Schema(
                implementation = String.class,
                enumeration = {"prospect", "customer", "all"},
                defaultValue = "all",
                description = "leads of this status are reached",
                example = "customer")
        TargetStatus targetStatus,

        @Valid @Schema(description = "which part of those leads is reached; null: all of them", nullable = true)
        Segment segment,

        @NotNull
        @Schema(
                implementation = String.class,
                format = "date",
                description = "the day, in time_zone; from today to 2199",
                example = "2027-11-26")
        LocalDate campaignDate,

        @NotNull
        @JsonFormat(pattern = "HH:mm")
        @Schema(
                implementation = String.class,
                pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$",
                description = "the time of that day, in time_zone",
                example = "10:00")
        LocalTime timeSchedule,

        @Schema(
                implementation = String.class,
                maxLength = Limits.TIME_ZONE,
                defaultValue = "Asia/Kuala_Lumpur",
                description = "IANA time zone of campaign_date, time_schedule and send_until",
                example = "Asia/Kuala_Lumpur")
        ZoneId timeZone,

        @Min(0)
        @Max(Limits.DELAY_SECONDS)
        @Schema(
                description =
                        "the shortest pause of a device before a message; null, with max_delay_seconds: as the device"
                                + " says",
                example = "10",
                nullable = true)
        Integer minDelaySeconds,

        @Min(0)
        @Max(Limits.DELAY_SECONDS)
        @Schema(description = "the longest pause of a device before a message", example = "30", nullable = true)
        Integer maxDelaySeconds,

        @Schema(
                implementation = String.class,
                enumeration = {"full", "greeting", "off"},
                description = "how far the text is varied and greeted; null: as each device says",
                example = "full",
                nullable = true)
        AntiSpamProfile antiSpam,

        @Schema(
                description =
                        "whether a platform that can tell is asked first if a number is on WhatsApp, and the message fails with"
                                + " not_on_whatsapp where it is not; null: as each device says",
                example = "true",
                nullable = true)
        Boolean checkNumbers,

        @Schema(
                implementation = String.class,
                enumeration = {"hold", "skip"},
                defaultValue = "hold",
                description = "whether messages of devices that are not online wait, or are left out",
                example = "hold")
        OfflineDevices offlineDevices,

        @Schema(
                implementation = String.class,
                enumeration = {"once", "each"},
                defaultValue = "once",
                description = "whether a phone number on several devices gets one message, or one from each",
                example = "once")
        DuplicatePhones duplicatePhones,

        @Schema(
                implementation = String.class,
                enumeration = {"send", "fail"},
                defaultValue = "send",
                description =
                        "what becomes of the campaign more than 10 minutes after its time: sent later on that day, or"
                                + " failed",
                example = "send")
        LatePolicy latePolicy,

        @JsonFormat(pattern = "HH:mm")
        @Schema(
                implementation = String.class,
                pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$",
                description =
                        "the time of day from which its messages are sent, before which they wait; null: time_schedule where"
                                + " send_until is given, else midnight",
                example = "09:00",
                nullable = true)
        LocalTime sendFrom,

        @JsonFormat(pattern = "HH:mm")
        @Schema(
                implementation = String.class,
                pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$",
                description =
                        "the time of day from which its messages wait for the next day, and before which a late campaign still"
                                + " begins; null: midnight",
                example = "18:00",
                nullable = true)
        LocalTime sendUntil,

        @Size(min = 2, max = 20)
        @Schema(
                description = "the days on which its messages are sent, of MO, TU, WE, TH, FR, SA, SU; null: every day",
                example = "MO,TU,WE,TH,FR",
                nullable = true)
        String weekdays,

        @Schema(
                implementation = String.class,
                maxLength = Limits.DURATION,
                defaultValue = "P7D",
                description =
                        "how long after its time a message is still sent: an ISO 8601 duration of at most P3650D, or"
                                + " none",
                example = "P7D")
        Expiry expireAfter,

        @Size(min = 1, max = CampaignTerms.RULE)
        @Schema(
                description =
                        "on which days it goes again, as a rule of RFC 5545: FREQ=DAILY, WEEKLY or MONTHLY, INTERVAL, BYDAY"
                                + " (weekly), and COUNT or UNTIL. When an occurrence is triggered, the next one is planned as a"
                                + " campaign of its own, with what is left of the rule; null: it goes once",
                example = "FREQ=WEEKLY;BYDAY=MO,TH;COUNT=10",
                nullable = true)
        String repeat) {

    static final int RULE = 200;
    static final ZoneId DEFAULT_ZONE = ZoneId.of("Asia/Kuala_Lumpur");

    public CampaignTerms {
        niche = niche != null && niche.matches(Tag.ONE)
                ? Tag.of(niche).map(Tag::text).orElse(niche)
                : niche;
        targetStatus = Objects.requireNonNullElse(targetStatus, TargetStatus.ALL);
        segment = segment == null || segment.saysNothing() ? null : segment;
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
}
