package io.siaran.campaign.fanout;

import io.siaran.campaign.planning.AudienceLead;
import io.siaran.model.LeadId;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Whom the runs of a plan have reached, where each person is written to once
 * (docs/adr/0036). Blocks: for
 * virtual threads.
 */
@ApplicationScoped
class ReachedLeads {

    private static final String HOLD = Sql.load(ReachedLeads.class, "hold.sql");
    private static final String NOTED_TO = "SELECT last_lead, last_lead < $3 AS is_before FROM fanout_reached"
            + " WHERE campaign_id = $1 AND run = $2 ORDER BY last_lead DESC LIMIT 1";
    private static final String NOTED_BEFORE = Sql.load(ReachedLeads.class, "noted-before.sql");
    private static final String JUDGE = Sql.load(ReachedLeads.class, "judge-in-doubt.sql");
    private static final String APPEND = Sql.load(ReachedLeads.class, "append-reached.sql");
    private static final String INSERT = Sql.load(ReachedLeads.class, "insert-reached.sql");

    private final Database database;

    ReachedLeads(Database database) {
        this.database = database;
    }

    /**
     * Notes that these leads are written to, from now on and for the whole plan, but for those that are not.
     *
     * @param phoneChanges what was answered before the leads were read
     * @param leads in the order of their ids
     * @param soFar what this stream has noted before
     * @return the leads whose phone is written to through another one; empty when a phone has changed since, then they have to
     *     be read again, and when nobody wants the run any more, or another holds it
     */
    Optional<Set<LeadId>> note(Leased leased, long phoneChanges, List<AudienceLead> leads, PhonesSoFar soFar) {
        return database.inTransaction(tx -> first(tx, HOLD, leased.campaign().value(), leased.run(), leased.lease())
                .filter(held -> held.getLong("changes") == phoneChanges)
                .map(held -> new Noting(
                                tx, leased, held.getInteger("planned_run"), held.getString("user_id"), phoneChanges)
                        .note(leads, soFar)));
    }

    /** Of these leads, those that are noted already. */
    Set<LeadId> notedBefore(Leased leased, List<AudienceLead> leads) {
        UUID[] ids = leads.stream().map(lead -> lead.leadId().value()).toArray(UUID[]::new);
        return StreamSupport.stream(
                        database.run(NOTED_BEFORE, leased.campaign().value(), leased.run(), ids)
                                .spliterator(),
                        false)
                .map(row -> new LeadId(row.getUUID("id")))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<Row> first(Tx tx, String sql, Object... arguments) {
        return StreamSupport.stream(tx.run(sql, arguments).spliterator(), false).findFirst();
    }

    /**
     * One page, while the campaign and the count of its user's changes are held.
     *
     * @param run under which leads are noted
     */
    private record Noting(Tx tx, Leased leased, int run, String user, long phoneChanges) {

        Set<LeadId> note(List<AudienceLead> leads, PhonesSoFar soFar) {
            if (leads.isEmpty()) {
                return Set.of();
            }
            Optional<Row> notedTo = first(
                    tx, NOTED_TO, campaign(), run, leads.getFirst().leadId().value());
            LeadId last =
                    notedTo.map(row -> new LeadId(row.getUUID("last_lead"))).orElse(null);
            Set<LeadId> twins = twins(soFar.inDoubt(leads, last, phoneChanges));
            UUID[] reached = leads.stream()
                    .map(AudienceLead::leadId)
                    .filter(lead -> !twins.contains(lead))
                    .map(LeadId::value)
                    .toArray(UUID[]::new);
            boolean isBehind = notedTo.map(row -> row.getBoolean("is_before")).orElse(true);
            tx.run(isBehind ? APPEND : INSERT, campaign(), run, reached);
            return twins;
        }

        private UUID campaign() {
            return leased.campaign().value();
        }

        private Set<LeadId> twins(List<AudienceLead> inDoubt) {
            if (inDoubt.isEmpty()) {
                return Set.of();
            }
            Columns<AudienceLead> leads = new Columns<>(inDoubt);
            UUID[] ids = leads.uuids(lead -> lead.leadId().value());
            String[] phones = leads.texts(lead -> lead.phone().digits());
            return StreamSupport.stream(
                            tx.run(JUDGE, campaign(), run, user, ids, phones, leased.run())
                                    .spliterator(),
                            false)
                    .map(row -> new LeadId(row.getUUID("lead_id")))
                    .collect(Collectors.toUnmodifiableSet());
        }
    }
}
