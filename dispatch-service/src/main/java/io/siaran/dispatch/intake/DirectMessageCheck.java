package io.siaran.dispatch.intake;

import static io.siaran.rest.ViolationCode.CONTRADICTION;
import static io.siaran.rest.ViolationCode.INVALID;
import static io.siaran.rest.ViolationCode.OUT_OF_RANGE;
import static io.siaran.rest.ViolationCode.REQUIRED;
import static io.siaran.rest.ViolationCode.TEMPLATE;

import io.siaran.model.MessageType;
import io.siaran.model.PhoneNumber;
import io.siaran.model.template.TextCheck;
import io.siaran.rest.PhoneField;
import io.siaran.rest.Refusal;
import io.siaran.rest.Violation;
import io.siaran.rest.ViolationCode;
import io.siaran.rest.Warning;
import io.siaran.rest.WarningCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What no single field of a request for a direct message can tell: everything that is wrong is told at once. */
final class DirectMessageCheck {

    /** Ids and the database end later; nobody plans so far ahead. */
    private static final Instant TOO_FAR = Instant.parse("9999-01-01T00:00:00Z");

    private final DirectMessageRequest asked;
    private final List<Violation> violations = new ArrayList<>();

    private DirectMessageCheck(DirectMessageRequest asked) {
        this.asked = asked;
    }

    /**
     * The recipient of a request in which nothing is wrong.
     *
     * @param region ISO country that a phone number without a country code belongs to
     * @throws Refusal (a 400) that names every field that is wrong
     */
    static PhoneNumber recipient(DirectMessageRequest asked, String region) {
        return new DirectMessageCheck(asked).recipient(region);
    }

    /** What its author should know of it, though it is sent. */
    static List<Warning> warnings(DirectMessageRequest asked, PhoneNumber recipient) {
        List<Warning> warnings = new ArrayList<>();
        TextCheck.of(asked.message(), asked.type())
                .warnings()
                .forEach(warning -> warnings.add(new Warning(WarningCode.TOO_LONG_FOR_PLATFORM, "message", warning)));
        if (!recipient.isMobile()) {
            warnings.add(new Warning(
                    WarningCode.NOT_MOBILE,
                    asked.phoneField(),
                    "is a landline or service number, which has no WhatsApp"));
        }
        return warnings;
    }

    private PhoneNumber recipient(String region) {
        PhoneNumber phone = phone(region);
        TextCheck.of(asked.message(), asked.type()).refusal().ifPresent(why -> add("message", why, TEMPLATE));
        checkMedia();
        checkDelays();
        if (asked.attributes() != null) {
            asked.attributes()
                    .violations()
                    .forEach((key, why) -> add(key.isEmpty() ? "attributes" : "attributes." + key, why, INVALID));
        }
        if (asked.scheduledAt() != null && !asked.scheduledAt().isBefore(TOO_FAR)) {
            add("scheduled_at", "must be before " + TOO_FAR, OUT_OF_RANGE);
        }
        if (!violations.isEmpty()) {
            throw Refusal.invalid(violations);
        }
        return phone;
    }

    /** Null where it is wrong. */
    private PhoneNumber phone(String region) {
        if (asked.recipientPhone() != null && asked.phone() != null) {
            add("phone", "contradicts recipient_phone, whose older name it is", CONTRADICTION);
        } else if (asked.anyPhone() == null || asked.anyPhone().isBlank()) {
            add(asked.phoneField(), "is required", REQUIRED);
        } else {
            try {
                return PhoneField.parse(asked.phoneField(), asked.anyPhone(), region);
            } catch (Refusal noPhone) {
                violations.addAll(noPhone.violations());
            }
        }
        return null;
    }

    private void checkMedia() {
        boolean isImage = asked.type() == MessageType.IMAGE;
        if (isImage && asked.mediaUrl() == null) {
            add("media_url", "is required for an image", REQUIRED);
        }
        if (!isImage && asked.mediaUrl() != null) {
            add("media_url", "contradicts type text: a text has no media", CONTRADICTION);
        }
    }

    private void checkDelays() {
        Integer min = asked.minDelaySeconds();
        Integer max = asked.maxDelaySeconds();
        if ((min == null) != (max == null)) {
            add(min == null ? "min_delay_seconds" : "max_delay_seconds", "the two delays come together", REQUIRED);
        } else if (min != null && min > max) {
            add("max_delay_seconds", "must not be less than min_delay_seconds", CONTRADICTION);
        }
    }

    private void add(String field, String message, ViolationCode code) {
        violations.add(new Violation(field, message, code));
    }
}
