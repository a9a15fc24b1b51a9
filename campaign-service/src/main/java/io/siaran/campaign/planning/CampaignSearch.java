package io.siaran.campaign.planning;

import io.quarkus.panache.common.Parameters;
import io.siaran.campaign.Query;
import io.siaran.model.Tag;
import io.siaran.model.UserId;
import io.siaran.rest.CreationOrder;
import io.siaran.rest.PageRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/** The filters of a list of campaigns; a {@code @BeanParam}. All that are given must match; of a repeated one, any. */
record CampaignSearch(
        @Parameter(description = "campaigns of this status; may be repeated") @RestQuery("status")
        List<CampaignStatus> status,

        @Parameter(description = "campaigns for this niche: the whole tag, in any case") @RestQuery("niche")
        String niche,

        @Parameter(description = "campaigns of this day or later, by campaign_date") @RestQuery("from")
        LocalDate from,

        @Parameter(description = "campaigns of this day or earlier, by campaign_date") @RestQuery("to")
        LocalDate to,

        @Parameter(description = "the occurrences after the first campaign of a series") @RestQuery("repeat_of")
        UUID repeatOf,

        @Parameter(description = "true: the archived ones; otherwise those that are not") @RestQuery("archived")
        Boolean archived,

        @Parameter(description = "a part of the title, in any case") @RestQuery("q")
        String q,

        @Parameter(description = "campaigns that were changed at this time or later") @RestQuery("updated_since")
        Instant updatedSince,

        @Parameter(
                description =
                        "by when they were made: -created_at, the newest first, or created_at; default -created_at")
        @RestQuery
        CreationOrder sort) {

    /** Walks the user's campaigns in their order until the page is full; reads nobody else's. */
    Filter filter(UserId user, PageRequest page) {
        Filter filter =
                new Filter(new StringBuilder("not deleted and userId = :user"), Parameters.with("user", user.value()));
        filter.and("life.status in :status", "status", status == null || status.isEmpty() ? null : status);
        filter.and("nicheTag = :niche", "niche", niche == null ? null : Tag.fold(niche));
        filter.and("terms.campaignDate >= :from", "from", from);
        filter.and("terms.campaignDate <= :to", "to", to);
        filter.and("terms.title ilike :q escape '\\'", "q", q == null ? null : Query.containing(q));
        filter.and("repeatOf = :series", "series", repeatOf);
        filter.hql()
                .append(
                        Boolean.TRUE.equals(archived)
                                ? " and life.archivedAt is not null"
                                : " and life.archivedAt is null");
        filter.and("updatedAt >= :since", "since", updatedSince);
        CreationOrder order = CreationOrder.orElse(sort, CreationOrder.NEWEST_FIRST);
        filter.and(
                "id " + order.behind() + " :last",
                "last",
                page.after(UUID::fromString).orElse(null));
        filter.hql().append(" order by id ").append(order.direction());
        return filter;
    }

    record Filter(StringBuilder hql, Parameters parameters) {

        private void and(String condition, String name, Object value) {
            if (value != null) {
                hql.append(" and ").append(condition);
                parameters.and(name, value);
            }
        }
    }
}
