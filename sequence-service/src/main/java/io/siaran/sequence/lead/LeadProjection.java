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
        database.doInTransaction(tx -> {
            Set<LeadId> changed = upsert(tx, newest);
            replaceTriggers(
                    tx,
                    newest.stream().filter(lead -> changed.contains(lead.id())).toList());
        });
        wakes.reviews().ring();
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
        if (leads.isEmpty()) {
            return;
        }
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
}
