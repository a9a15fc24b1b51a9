package io.siaran.sequence.enrolment;

import io.siaran.model.LeadId;
import io.siaran.model.SequenceId;
import io.siaran.model.UserId;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** How many of the leads that somebody named are not changed by it, by the reason. */
final class Skipped {

    private static final String KEPT_OUT = Sql.load(Skipped.class, "count-kept-out.sql");
    private static final String NOT_INSIDE = Sql.load(Skipped.class, "count-not-inside.sql");

    private Skipped() {}

    /** Of those who are asked in. As things are now: a review looks again before it lets anybody in. */
    static Map<String, Long> entering(Tx tx, UserId user, SequenceId sequence, List<LeadId> leads) {
        return count(
                tx, KEPT_OUT, user, sequence, leads.stream().map(LeadId::value).toList());
    }

    /** @param left those who were named and were not taken out by this request */
    static Map<String, Long> leaving(Tx tx, UserId user, SequenceId sequence, Collection<UUID> left) {
        return count(tx, NOT_INSIDE, user, sequence, left);
    }

    private static Map<String, Long> count(
            Tx tx, String statement, UserId user, SequenceId sequence, Collection<UUID> leads) {
        Map<String, Long> skipped = new TreeMap<>();
        if (!leads.isEmpty()) {
            tx.run(statement, user.value(), sequence.value(), leads.toArray(UUID[]::new))
                    .forEach(row -> skipped.put(row.getString("reason"), row.getLong("leads")));
        }
        return Collections.unmodifiableMap(skipped);
    }
}
