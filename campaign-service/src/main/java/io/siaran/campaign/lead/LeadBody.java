package io.siaran.campaign.lead;

import io.siaran.model.Attributes;
import io.siaran.model.DeviceId;
import io.siaran.model.InvalidPhoneNumber;
import io.siaran.model.Limits;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Tags;
import io.siaran.model.TargetStatus;
import io.siaran.model.Text;
import io.siaran.rest.AnsweredAs;
import io.siaran.rest.Refusal;
import io.siaran.rest.Violation;
import io.siaran.rest.ViolationCode;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A lead as it is sent by POST and PUT: everything that a caller decides about it. */
@AnsweredAs(LeadView.class)
record LeadBody(
        @NotNull
        @Schema(
                implementation = String.class,
                format = "uuid",
                description = "the device that writes to the lead",
                example = "01936f2e-0000-7000-8000-0000000000d1")
        DeviceId deviceId,

        @Size(max = Limits.NAME)
        @Schema(defaultValue = "", description = "what the recipient is called; stays as written", example = "D'Cruz")
        String name,

        @NotNull
        @Schema(
                maxLength = Limits.PHONE,
                description = "a phone number in any spelling; answered as international digits",
                example = "012-345 6789")
        String phone,

        @Schema(
                maxLength = Limits.TAG_LIST,
                defaultValue = "",
                description = "interests, separated by commas: at most 200 tags of at most 64 characters",
                example = "ecommerce,fitness")
        String niche,

        @Schema(
                implementation = String.class,
                enumeration = {"prospect", "customer"},
                defaultValue = "prospect",
                description = "what the lead is to the user",
                example = "customer")
        TargetStatus targetStatus,

        @Schema(
                maxLength = Limits.TAG_LIST,
                defaultValue = "",
                description =
                        "triggers that sequences start from, separated by commas: at most 200 of at most 64 characters",
                example = "fitness_start")
        String trigger,

        @Schema(
                implementation = Object.class,
                description =
                        "what else is known of the lead, for {{attributes.…}} in messages: at most 20 texts of at most"
                                + " 255 characters",
                example = "{\"plan\": \"gold\"}")
        Attributes attributes,

        @Size(max = LeadBody.CONSENT)
        @Schema(
                description = "where the person agreed to be written to; null or blank: not known",
                example = "form of 2027-10",
                nullable = true)
        String consentSource,

        @Schema(
                description =
                        "when the person agreed to be written to, between the years 1970 and 9998; null: not known",
                example = "2027-10-02T03:04:05Z",
                nullable = true)
        Instant consentAt) {

    static final int CONSENT = 200;

    /** Beyond, some zone has no date for it. */
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    /** A source in which nobody sees anything is none, wherever it comes from: it says nothing and clears nothing. */
    LeadBody {
        consentSource = Text.isSeen(consentSource) ? Text.tidy(consentSource) : null;
    }

    /**
     * In the one spelling that is stored and answered, with the defaults.
     *
     * @param region ISO country that a phone number without a country code belongs to
     * @param known digits that stay what they are, whatever the region; null for a new lead
     * @throws Refusal a 400 that names every field that is wrong
     */
    LeadBody normalised(String region, String known) {
        List<Violation> violations = new ArrayList<>();
        String digits = phone.equals(known) ? known : digits(region, violations);
        checkLists(violations);
        if (consentAt != null && (consentAt.isBefore(Instant.EPOCH) || !consentAt.isBefore(LATEST))) {
            violations.add(
                    new Violation("consent_at", "must be between the years 1970 and 9998", ViolationCode.OUT_OF_RANGE));
        }
        if (targetStatus == TargetStatus.ALL) {
            violations.add(new Violation(
                    "target_status", "must be prospect or customer: a lead is one of them", ViolationCode.NOT_ONE_OF));
        }
        if (!violations.isEmpty()) {
            throw Refusal.invalid(violations);
        }
        return new LeadBody(
                deviceId,
                Text.tidy(Objects.requireNonNullElse(name, "")),
                digits,
                Tags.of(niche).text(),
                Objects.requireNonNullElse(targetStatus, TargetStatus.PROSPECT),
                Tags.of(trigger).text(),
                Attributes.orNone(attributes),
                consentSource,
                consentAt == null ? null : consentAt.truncatedTo(ChronoUnit.MICROS));
    }

    /** For a row among many, whose mistakes do not refuse the others; throws a {@link Refusal} (a 400) of its fields. */
    void requireComplete() {
        List<Violation> violations = new ArrayList<>();
        if (deviceId == null) {
            violations.add(new Violation("device_id", "must not be null", ViolationCode.REQUIRED));
        }
        if (phone == null) {
            violations.add(new Violation("phone", "must not be null", ViolationCode.REQUIRED));
        }
        if (Text.length(name) > Limits.NAME) {
            violations.add(
                    new Violation("name", "must have at most " + Limits.NAME + " characters", ViolationCode.TOO_LONG));
        }
        if (Text.length(consentSource) > CONSENT) {
            violations.add(new Violation(
                    "consent_source", "must have at most " + CONSENT + " characters", ViolationCode.TOO_LONG));
        }
        if (!violations.isEmpty()) {
            throw Refusal.invalid(violations);
        }
    }

    /** What this one does not say stays as it is stored. */
    LeadBody over(LeadBody stored) {
        return new LeadBody(
                deviceId,
                Objects.requireNonNullElse(name, stored.name),
                phone,
                Objects.requireNonNullElse(niche, stored.niche),
                Objects.requireNonNullElse(targetStatus, stored.targetStatus),
                Objects.requireNonNullElse(trigger, stored.trigger),
                Objects.requireNonNullElse(attributes, stored.attributes),
                consentSource == null ? stored.consentSource : consentSource,
                consentAt == null ? stored.consentAt : consentAt);
    }

    LeadBody onDevice(DeviceId device) {
        return new LeadBody(device, name, phone, niche, targetStatus, trigger, attributes, consentSource, consentAt);
    }

    LeadBody withPhone(String digits) {
        return new LeadBody(deviceId, name, digits, niche, targetStatus, trigger, attributes, consentSource, consentAt);
    }

    LeadBody withTrigger(String list) {
        return new LeadBody(deviceId, name, phone, niche, targetStatus, list, attributes, consentSource, consentAt);
    }

    private String digits(String region, List<Violation> violations) {
        try {
            return PhoneNumber.parse(phone, region).digits();
        } catch (InvalidPhoneNumber invalid) {
            violations.add(new Violation("phone", invalid.getMessage(), ViolationCode.INVALID_PHONE));
            return null;
        }
    }

    private void checkLists(List<Violation> violations) {
        Tags.refusal(niche).ifPresent(why -> violations.add(new Violation("niche", why, ViolationCode.TOO_LONG)));
        Tags.refusal(trigger).ifPresent(why -> violations.add(new Violation("trigger", why, ViolationCode.TOO_LONG)));
        Attributes.orNone(attributes)
                .violations()
                .forEach((key, why) ->
                        violations.add(new Violation(key.isEmpty() ? "attributes" : "attributes." + key, why)));
    }
}
