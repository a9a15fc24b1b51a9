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
        Days days = Days.within(from, to, today);
        refuseBesides("device_id", deviceId);
        refuseBesides("niche", niche);
        return new AnalyticsQuery(days.from(), days.to(), groupBy, deviceId, campaignId, sequenceId, niche, kind);
    }

    /** The fewest counts that say it. */
    Counts counts() {
        return groupBy.counts().stream().filter(this::suffices).findFirst().orElseThrow();
    }

    private boolean suffices(Counts counts) {
        return switch (counts) {
            case MONTHS -> !isGiven(campaignId) && !isGiven(sequenceId) && !isGiven(niche);
            case HOURS -> !isGiven(deviceId);
            case DEVICES, REASONS -> true;
        };
    }

    private static boolean isGiven(List<?> values) {
        return values != null && !values.isEmpty();
    }

    private void refuseBesides(String field, List<?> values) {
        if (!groupBy.knowsDevices() && isGiven(values)) {
            throw Refusal.invalid(field, "cannot narrow a report by " + groupBy.wire(), ViolationCode.CONTRADICTION);
        }
    }
}
