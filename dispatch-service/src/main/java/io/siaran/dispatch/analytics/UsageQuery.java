package io.siaran.dispatch.analytics;

import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/** Whose usage of which days is asked for. */
record UsageQuery(
        @Parameter(description = "planned on or after this day; 30 days before to unless given", example = "2026-11-01")
        @RestQuery("from")
        LocalDate from,

        @Parameter(description = "planned before this day; tomorrow unless given", example = "2026-12-01")
        @RestQuery("to")
        LocalDate to,

        @Parameter(description = "of this user; of all unless given", example = "kedai-ani") @RestQuery("user_id")
        String userId) {}
