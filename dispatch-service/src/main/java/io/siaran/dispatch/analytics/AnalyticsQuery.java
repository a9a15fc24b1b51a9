package io.siaran.dispatch.analytics;

import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.MessageKind;
import io.siaran.model.SequenceId;
import io.siaran.rest.Refusal;
import io.siaran.rest.ViolationCode;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/** What a report is about. */
record AnalyticsQuery(
        @Parameter(description = "planned on or after this day; 30 days before to unless given", example = "2026-11-01")
        @RestQuery("from")
        LocalDate from,

        @Parameter(description = "planned before this day; tomorrow unless given", example = "2026-12-01")
        @RestQuery("to")
        LocalDate to,

        @Parameter(description = "day unless given") @RestQuery("group_by")
        Grouping groupBy,

        @Parameter(description = "of this device; may be repeated") @RestQuery("device_id")
        List<DeviceId> deviceId,

        @Parameter(description = "of this campaign; may be repeated") @RestQuery("campaign_id")
        List<CampaignId> campaignId,

        @Parameter(description = "of this sequence; may be repeated") @RestQuery("sequence_id")
        List<SequenceId> sequenceId,

        @Parameter(description = "of this niche; may be repeated", example = "ecommerce") @RestQuery("niche")
        List<String> niche,

        @Parameter(description = "of this kind; may be repeated. Without it all but tests") @RestQuery("kind")
        List<MessageKind> kind) {

    private static final int USUAL_DAYS = 30;
    private static final int MOST_DAYS = 800;
    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(9999, 12, 31);

    AnalyticsQuery {
        groupBy = groupBy == null ? Grouping.DAY : groupBy;
    }

    /**
     * With both ends.
     *
     * @param today as far as it is anywhere
     * @throws Refusal (a 400) where the end is not after the beginning, or too long after it
     */
    AnalyticsQuery within(LocalDate today) {
        LocalDate end = to == null ? today.plusDays(1) : to;
        requireYear("to", end);
        LocalDate begin = from == null ? end.minusDays(USUAL_DAYS) : from;
        requireYear("from", begin);
        if (!end.isAfter(begin)) {
            throw Refusal.invalid("to", "must be after from");
        }
        if (end.isAfter(begin.plusDays(MOST_DAYS))) {
            throw Refusal.invalid("from", "must be at most " + MOST_DAYS + " days before to");
        }
        refuseBesides("device_id", deviceId);
        refuseBesides("niche", niche);
        return new AnalyticsQuery(begin, end, groupBy, deviceId, campaignId, sequenceId, niche, kind);
    }

    private void refuseBesides(String field, List<?> values) {
        if (!groupBy.knowsDevices() && values != null && !values.isEmpty()) {
            throw Refusal.invalid(field, "cannot narrow a report by " + groupBy.wire(), ViolationCode.CONTRADICTION);
        }
    }

    private static void requireYear(String field, LocalDate day) {
        if (day.isBefore(EARLIEST) || day.isAfter(LATEST)) {
            throw Refusal.invalid(field, "must be between " + EARLIEST + " and " + LATEST);
        }
    }
}
