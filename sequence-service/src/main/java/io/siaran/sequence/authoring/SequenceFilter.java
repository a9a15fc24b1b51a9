package io.siaran.sequence.authoring;

import io.quarkus.panache.common.Parameters;
import io.siaran.model.Tag;
import io.siaran.model.UserId;
import io.siaran.rest.CreationOrder;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Which sequences of a user a list shows; each part null or empty is no condition.
 *
 * @param trigger lets leads in: the sequence's own, or that of one of its entry points
 * @param text stands somewhere in the name, in any case
 * @param updatedSince changed then or later
 * @param order never null
 */
record SequenceFilter(
        List<SequenceStatus> statuses,
        String niche,
        String trigger,
        String text,
        Instant updatedSince,
        CreationOrder order) {

    String query(UUID after) {
        StringBuilder query =
                new StringBuilder("select s.id from Sequence s where s.userId = :user and s.deletedAt is null");
        add(query, after != null, "s.id " + order.behind() + " :after");
        add(query, !statuses.isEmpty(), "s.status in :statuses");
        add(query, niche != null, "s.niche = :niche");
        add(
                query,
                trigger != null,
                "(s.trigger = :trigger or exists (select 1 from Step p"
                        + " where p.sequence = s and p.entryPoint and p.trigger = :trigger))");
        add(query, text != null, "lower(s.name) like :text escape '\\'");
        add(query, updatedSince != null, "s.versions.updatedAt >= :since");
        return query.append(" order by s.id ").append(order.direction()).toString();
    }

    Parameters parameters(UserId user, UUID after) {
        Parameters parameters = Parameters.with("user", user.value());
        if (after != null) {
            parameters.and("after", after);
        }
        if (!statuses.isEmpty()) {
            parameters.and("statuses", statuses);
        }
        if (niche != null) {
            parameters.and("niche", Tag.fold(niche));
        }
        if (trigger != null) {
            parameters.and("trigger", Tag.fold(trigger));
        }
        if (text != null) {
            parameters.and("text", "%" + literally(text.toLowerCase(Locale.ROOT)) + "%");
        }
        if (updatedSince != null) {
            parameters.and("since", updatedSince);
        }
        return parameters;
    }

    private static void add(StringBuilder query, boolean given, String condition) {
        if (given) {
            query.append(" and ").append(condition);
        }
    }

    private static String literally(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
