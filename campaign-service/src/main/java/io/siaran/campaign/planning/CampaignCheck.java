package io.siaran.campaign.planning;

import io.siaran.model.Tag;
import io.siaran.model.template.TextCheck;
import io.siaran.rest.Refusal;
import io.siaran.rest.Violation;
import io.siaran.rest.ViolationCode;
import io.siaran.rest.Warning;
import io.siaran.rest.WarningCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** What is wrong, or doubtful, about the terms of a campaign that single fields do not show. */
final class CampaignCheck {

    private static final int LAST_YEAR = 2199;

    private final CampaignTerms terms;
    private final TextCheck text;
    private final List<Violation> violations = new ArrayList<>();

    CampaignCheck(CampaignTerms terms) {
        this.terms = terms;
        this.text = TextCheck.of(terms.message(), terms.messageType());
    }

    /**
     * @param before the terms so far; null for a new campaign. A date that stays may have passed.
     * @throws Refusal a 400 that names every field that is wrong
     */
    void requireLegal(CampaignTerms before, Instant now) {
        requireWebAddress();
        requireDelays();
        if (Tag.fold(terms.niche()).isEmpty()) {
            refuse("niche", Tag.EXPECTED, ViolationCode.REQUIRED);
        }
        text.refusal().ifPresent(reason -> refuse("message", reason, ViolationCode.TEMPLATE));
        if (terms.segment() != null) {
            violations.addAll(terms.segment().violations());
        }
        requireDate(before, now);
        requireRule();
        requireMinutes("time_schedule", terms.timeSchedule());
        requireMinutes("send_from", terms.sendFrom());
        requireMinutes("send_until", terms.sendUntil());
        requireWeekdays();
        if (terms.sendUntil() != null && !terms.sendUntil().isAfter(terms.timeSchedule())) {
            refuse("send_until", "must be after time_schedule", ViolationCode.CONTRADICTION);
        }
        if (terms.sendFrom() != null
                && terms.sendUntil() != null
                && !terms.sendFrom().isBefore(terms.sendUntil())) {
            refuse("send_from", "must be before send_until", ViolationCode.CONTRADICTION);
        }
        if (!violations.isEmpty()) {
            throw Refusal.invalid(violations);
        }
    }

    /** What its author should know of the text, whenever it is shown. */
    List<Warning> ofText() {
        return text.warnings().stream()
                .map(warning -> new Warning(WarningCode.TOO_LONG_FOR_PLATFORM, "message", warning))
                .toList();
    }

    private void requireRule() {
        try {
            if (terms.repeat() != null) {
                Recurrence.of(terms.repeat());
            }
        } catch (IllegalArgumentException wrong) {
            refuse("repeat", wrong.getMessage(), ViolationCode.INVALID);
        }
    }

    private void requireWeekdays() {
        try {
            Recurrence.days(terms.weekdays());
        } catch (IllegalArgumentException wrong) {
            refuse("weekdays", wrong.getMessage(), ViolationCode.INVALID);
        }
    }

    private void requireDelays() {
        Integer least = terms.minDelaySeconds();
        Integer most = terms.maxDelaySeconds();
        if ((least == null) != (most == null)) {
            refuse(
                    least == null ? "min_delay_seconds" : "max_delay_seconds",
                    "must be given together with the other delay",
                    ViolationCode.CONTRADICTION);
        } else if (least != null && least > most) {
            refuse("max_delay_seconds", "must not be below min_delay_seconds", ViolationCode.CONTRADICTION);
        }
    }

    private void requireDate(CampaignTerms before, Instant now) {
        LocalDate date = terms.campaignDate();
        LocalDate today = now.atZone(terms.timeZone()).toLocalDate();
        boolean stays = before != null && before.campaignDate().equals(date);
        if (date.getYear() > LAST_YEAR) {
            refuse("campaign_date", "must be before the year " + (LAST_YEAR + 1), ViolationCode.OUT_OF_RANGE);
        } else if (!stays && date.isBefore(today)) {
            refuse(
                    "campaign_date",
                    "must not be before today, which is " + today + " in " + terms.timeZone(),
                    ViolationCode.OUT_OF_RANGE);
        }
    }

    /** What is answered has no seconds, and what was answered can be sent back. */
    private void requireMinutes(String field, LocalTime time) {
        if (time != null && !time.equals(time.truncatedTo(ChronoUnit.MINUTES))) {
            refuse(field, "must be a time of day as HH:MM", ViolationCode.INVALID);
        }
    }

    private void requireWebAddress() {
        if (terms.imageUrl() != null && !isWebAddress(terms.imageUrl())) {
            refuse("image_url", "must be a URL that begins with http:// or https://", ViolationCode.INVALID);
        }
    }

    private static boolean isWebAddress(String url) {
        try {
            URI address = new URI(url);
            return address.getHost() != null && List.of("http", "https").contains(address.getScheme());
        } catch (URISyntaxException notOne) {
            return false;
        }
    }

    private void refuse(String field, String message, ViolationCode code) {
        violations.add(new Violation(field, message, code));
    }
}
