package io.siaran.sequence.lead;

import io.siaran.kafka.RecordIntake;
import io.siaran.model.LeadId;
import io.siaran.model.LeadSnapshot;
import io.siaran.model.Tags;
import io.siaran.model.Topic;
import io.siaran.sequence.batch.Wakes;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Leads and the triggers that they carry; whoever carries or carried one is reviewed after a change. */
@ApplicationScoped
class LeadProjection {

    private static final String UPSERT = Sql.load(LeadProjection.class, "upsert-leads.sql");
    private static final String MARK = Sql.load(LeadProjection.class, "mark-changed-leads.sql");
    private static final String REPLACE_TRIGGERS = Sql.load(LeadProjection.class, "upsert-triggers.sql");
    private static final String LOCK_WALKS = Sql.load(LeadProjection.class, "lock-walks-of-moved-leads.sql");
    private static final String FREE_STEPS = Sql.load(LeadProjection.class, "free-moved-steps.sql");
    private static final String REMOVE_TRIGGERS = Sql.load(LeadProjection.class, "remove-triggers.sql");

    private final RecordIntake intake;
    private final Database database;
    private final Wakes wakes;

    LeadProjection(RecordIntake intake, Database database, Wakes wakes) {
        this.intake = intake;
        this.database = database;
        this.wakes = wakes;
    }

    @Incoming("leads")
    @Blocking(ordered = true)
    void take(ConsumerRecords<String, String> batch) {
        intake.take(Topic.LEADS, batch, LeadSnapshot.class, this::apply);
    }

    void apply(List<LeadSnapshot> snapshots) {
        Collection<LeadSnapshot> newest = Newest.of(snapshots, LeadSnapshot::id);
        boolean moved = database.inTransaction(tx -> {
            Set<LeadId> ids = upsert(tx, newest);
            List<LeadSnapshot> changed =
                    newest.stream().filter(lead -> ids.contains(lead.id())).toList();
            if (changed.isEmpty()) {
                return false;
            }
            replaceTriggers(tx, changed);
            return moveSteps(tx, changed);
        });
        wakes.reviews().ring();
        if (moved) {
            wakes.firing().ring();
        }
    }

    /** Those that were not known in this version or a higher one. */
    private static Set<LeadId> upsert(Tx tx, Collection<LeadSnapshot> leads) {
        Columns<LeadSnapshot> columns = new Columns<>(leads);
        Set<LeadId> changed = new HashSet<>();
        tx.run(
                        UPSERT,
                        columns.uuids(lead -> lead.id().value()),
                        columns.texts(lead -> lead.userId().value()),
                        columns.uuids(lead -> lead.deviceId().value()),
                        columns.texts(lead -> lead.phone().digits()),
                        columns.texts(LeadSnapshot::name),
                        columns.texts(LeadSnapshot::niche),
                        columns.texts(lead -> Tags.of(lead.niche()).joined()),
                        columns.texts(lead -> lead.targetStatus().wire()),
                        columns.texts(lead -> lead.attributes().json()),
                        columns.longs(LeadSnapshot::version),
                        columns.booleans(LeadSnapshot::deleted))
                .forEach(row -> changed.add(new LeadId(row.getUUID("id"))));
        return changed;
    }

    private static void replaceTriggers(Tx tx, List<LeadSnapshot> leads) {
        UUID[] ids = new Columns<>(leads).uuids(lead -> lead.id().value());
        Columns<LeadTrigger> carried =
                new Columns<>(leads.stream().flatMap(LeadTrigger::by).toList());
        UUID[] carriers = carried.uuids(trigger -> trigger.lead().value());
        String[] tokens = carried.texts(LeadTrigger::token);
        tx.run(MARK, ids, carriers);
        tx.run(REMOVE_TRIGGERS, ids, carriers, tokens);
        tx.run(
                REPLACE_TRIGGERS,
                carriers,
                carried.texts(LeadTrigger::user),
                tokens,
                carried.longs(LeadTrigger::assignment));
    }

    /** After the marks: those wait for a review that has locked the same walks. */
    private static boolean moveSteps(Tx tx, List<LeadSnapshot> leads) {
        List<UUID> walks = new ArrayList<>();
        tx.run(LOCK_WALKS, (Object) new Columns<>(leads).uuids(lead -> lead.id().value()))
                .forEach(row -> walks.add(row.getUUID("id")));
        if (!walks.isEmpty()) {
            tx.run(FREE_STEPS, (Object) walks.toArray(UUID[]::new));
        }
        return !walks.isEmpty();
    }
}
