package io.siaran.dispatch.analytics;

import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A report, all of one moment. */
record AnalyticsReport(
        @Schema(description = "the first day that it is about", example = "2026-11-01")
        LocalDate from,

        @Schema(description = "the first day that it is not about any more", example = "2026-12-01")
        LocalDate to,

        @Schema(description = "by what messages are grouped", example = "day")
        Grouping groupBy,

        @Schema(description = "in the order of their keys, at most 10,000")
        List<Outcomes> items,

        @Schema(description = "of all items together") Outcomes total) {}
