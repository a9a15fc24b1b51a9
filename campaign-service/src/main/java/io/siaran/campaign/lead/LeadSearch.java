package io.siaran.campaign.lead;

import io.siaran.campaign.Query;
import io.siaran.model.DeviceId;
import io.siaran.model.Tag;
import io.siaran.model.TargetStatus;
import io.siaran.model.UserId;
import io.siaran.model.WireEnum;
import io.siaran.rest.CreationOrder;
import io.siaran.rest.PageRequest;
import io.siaran.rest.PhoneField;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/** The filters of a list of leads; a {@code @BeanParam}. All that are given must match; of a repeated one, any. */
record LeadSearch(
        @Parameter(description = "leads of this device; may be repeated") @RestQuery("device_id")
        List<DeviceId> deviceId,

        @Parameter(description = "leads with this niche: the whole tag, in any case") @RestQuery("niche")
        String niche,

        @Parameter(description = "prospect or customer; may be repeated; all is both") @RestQuery("target_status")
        List<TargetStatus> targetStatus,

        @Parameter(description = "leads that carry this trigger: the whole tag, in any case") @RestQuery("trigger")
        String trigger,

        @Parameter(description = "the lead with this phone number, in any spelling") @RestQuery("phone")
        String phone,

        @Parameter(description = "a part of the name, or of the phone number in any spelling") @RestQuery("q")
        String q,

        @Parameter(description = "leads whose consent has this source") @RestQuery("consent_source")
        String consentSource,

        @Parameter(description = "true: leads with a source of consent; false: those without") @RestQuery("has_consent")
        Boolean hasConsent,

        @Parameter(description = "leads whose consent was given at this time or later") @RestQuery("consent_since")
        Instant consentSince,

        @Parameter(description = "leads whose consent was given before this time") @RestQuery("consent_before")
        Instant consentBefore,

        @Parameter(description = "leads that were changed at this time or later") @RestQuery("updated_since")
        Instant updatedSince,

        @Parameter(
                description =
                        "by when they were made: -created_at, the newest first, or created_at; default -created_at")
        @RestQuery
        CreationOrder sort) {

    /**
     * The query of one page. Only the filters that are given stand in it, so that each finds its index: it
     * reads the matches of a niche, a trigger, a phone or {@code updated_since}, or walks the user's leads (those of one
     * device, if given) in the order of the list until the page is full.
     */
    Query query(UserId user, PageRequest page, String region) {
        Query query = new Query(LeadRows.SHOW);
        query.and(" WHERE NOT l.deleted AND l.user_id = ?", user.value());
        query.and(" AND l.device_id = ANY (?::uuid[])", devices());
        query.and(" AND l.niche_tags @> ARRAY[?]::text[]", niche == null ? null : Tag.fold(niche));
        query.and(" AND l.target_status = ANY (?::text[])", statuses());
        query.and(
                " AND EXISTS (SELECT FROM lead_triggers t"
                        + " WHERE t.lead_id = l.id AND t.user_id = l.user_id AND t.present AND t.trigger = ?)",
                trigger == null ? null : Tag.fold(trigger));
        query.and(" AND l.phone = ?", phone == null ? null : digits(region));
        searchText(query);
        query.and(" AND l.consent_source = ?", consentSource);
        query.and(" AND (l.consent_source IS NOT NULL) = ?", hasConsent);
        query.and(" AND l.consent_at >= ?", utc(consentSince));
        query.and(" AND l.consent_at < ?", utc(consentBefore));
        query.and(" AND l.updated_at >= ?", utc(updatedSince));
        CreationOrder order = CreationOrder.orElse(sort, CreationOrder.NEWEST_FIRST);
        query.and(
                " AND l.id " + order.behind() + " ?",
                page.after(UUID::fromString).orElse(null));
        query.and(" ORDER BY l.id " + order.direction() + " LIMIT ?", page.rowsToRead());
        return query;
    }

    private void searchText(Query query) {
        String number = q == null ? "" : PhonePart.of(q);
        if (number.isEmpty()) {
            query.and(" AND l.name ILIKE ?", q == null ? null : Query.containing(q));
        } else {
            query.and(" AND (l.name ILIKE ?", Query.containing(q));
            query.and(" OR l.phone LIKE ?)", Query.containing(number));
        }
    }

    private static OffsetDateTime utc(Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    private UUID[] devices() {
        return deviceId == null || deviceId.isEmpty()
                ? null
                : deviceId.stream().map(DeviceId::value).toArray(UUID[]::new);
    }

    private String[] statuses() {
        return targetStatus == null || targetStatus.isEmpty() || targetStatus.contains(TargetStatus.ALL)
                ? null
                : targetStatus.stream().map(WireEnum::wire).toArray(String[]::new);
    }

    private String digits(String region) {
        return PhoneField.parse("phone", phone, region).digits();
    }
}
