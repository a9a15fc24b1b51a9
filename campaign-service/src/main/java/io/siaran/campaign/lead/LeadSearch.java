package io.siaran.campaign.lead;

import io.siaran.model.DeviceId;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Tag;
import io.siaran.model.TargetStatus;
import io.siaran.model.UserId;
import io.siaran.rest.PageRequest;
import io.siaran.rest.PhoneField;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * The filters of a list of leads; a {@code @BeanParam}. All that are given must match, tags whole and case folded.
 *
 * @param phone in any spelling
 * @param q a part of the name or of the phone
 */
record LeadSearch(
        @RestQuery("device_id") DeviceId deviceId,
        @RestQuery("niche") String niche,
        @RestQuery("target_status") TargetStatus targetStatus,
        @RestQuery("trigger") String trigger,
        @RestQuery("phone") String phone,
        @RestQuery("q") String q) {

    /** The query of one page, newest first. Only the filters that are given stand in it, so that each finds its index. */
    Query query(UserId user, PageRequest page, String region) {
        Query query = new Query(new StringBuilder(LeadStore.READ), new ArrayList<>());
        query.and(" WHERE NOT l.deleted AND l.user_id = ?", user.value());
        query.and(" AND l.device_id = ?", deviceId == null ? null : deviceId.value());
        query.and(" AND l.niche_tags @> ARRAY[?]::text[]", niche == null ? null : Tag.fold(niche));
        query.and(" AND l.target_status = ?", anyone() ? null : targetStatus.wire());
        query.and(
                " AND EXISTS (SELECT FROM lead_triggers t WHERE t.lead_id = l.id AND t.present AND t.trigger = ?)",
                trigger == null ? null : Tag.fold(trigger));
        query.and(" AND l.phone = ?", phone == null ? null : digits(region));
        query.and(" AND (l.name ILIKE ? OR l.phone LIKE ?)", q == null ? null : containing(q));
        query.and(" AND l.id < ?", page.after(UUID::fromString).orElse(null));
        query.and(" ORDER BY l.id DESC LIMIT ?", page.rowsToRead());
        return query;
    }

    private boolean anyone() {
        return targetStatus == null || targetStatus == TargetStatus.ALL;
    }

    private String digits(String region) {
        PhoneNumber number = PhoneField.parse("phone", phone, region);
        return number.digits();
    }

    /** The characters that LIKE gives a meaning are meant as they stand. */
    private static String containing(String part) {
        return '%' + part.replaceAll("([\\\\%_])", "\\\\$1") + '%';
    }

    /** A statement that grows with its arguments. */
    record Query(StringBuilder sql, List<Object> arguments) {

        /** Adds a piece whose question marks all stand for this one value; without a value nothing. */
        private void and(String piece, Object value) {
            if (value != null) {
                arguments.add(value);
                sql.append(piece.replace("?", "$" + arguments.size()));
            }
        }
    }
}
