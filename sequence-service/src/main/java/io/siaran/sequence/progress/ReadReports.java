package io.siaran.sequence.progress;

import io.siaran.model.DeviceId;
import io.siaran.model.SequenceId;
import io.siaran.model.StepId;
import io.siaran.model.UserId;
import io.siaran.rest.Reads;
import io.siaran.rest.Refusal;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Reads the report of a sequence from its counts, never from its contacts. Waits: not for event loops. */
@ApplicationScoped
class ReadReports {

    private static final String COUNTS = Sql.load(ReadReports.class, "read-counts.sql");
    private static final String STEPS = Sql.load(ReadReports.class, "list-steps.sql");

    private final Reads reads;

    ReadReports(Reads reads) {
        this.reads = reads;
    }

    /** Throws {@link Refusal}, a 404, when this user has no such sequence. */
    Report of(UserId user, SequenceId sequence) {
        return reads.inTransaction(tx -> {
            if (tx.run(ListContacts.EXISTS, sequence.value(), user.value()).size() == 0) {
                throw Refusal.notFound("sequence", sequence);
            }
            Measures whole = new Measures();
            Map<UUID, Measures> ofSteps = new TreeMap<>();
            Map<UUID, Measures> ofDevices = new TreeMap<>();
            // One statement, so that the numbers of steps and of devices are of one moment.
            for (Row row : tx.run(COUNTS, sequence.value())) {
                measures(row, whole, ofSteps, ofDevices).put(row.getString("measure"), row.getLong("number"));
            }
            List<Row> steps = new ArrayList<>();
            tx.run(STEPS, sequence.value(), user.value()).forEach(steps::add);
            return new Report(
                    sequence, Funnel.of(whole), total(ofSteps), ofSteps(steps, ofSteps), ofDevices(ofDevices));
        });
    }

    private static Measures measures(
            Row row, Measures whole, Map<UUID, Measures> ofSteps, Map<UUID, Measures> ofDevices) {
        if (row.getUUID("step_id") != null) {
            return ofSteps.computeIfAbsent(row.getUUID("step_id"), none -> new Measures());
        }
        return row.getUUID("device_id") == null
                ? whole
                : ofDevices.computeIfAbsent(row.getUUID("device_id"), none -> new Measures());
    }

    private static Counts total(Map<UUID, Measures> ofSteps) {
        Measures total = new Measures();
        ofSteps.values().forEach(total::add);
        return Counts.of(total);
    }

    /** Steps that nobody reached count zero; one that was removed shows as long as it counts anything, so that steps add up. */
    private static List<Report.OfStep> ofSteps(List<Row> steps, Map<UUID, Measures> counts) {
        List<Report.OfStep> ofSteps = new ArrayList<>();
        for (Row step : steps) {
            Measures measures = counts.getOrDefault(step.getUUID("id"), new Measures());
            if (!step.getBoolean("removed") || measures.isAnything()) {
                ofSteps.add(new Report.OfStep(
                        new StepId(step.getUUID("id")),
                        step.getInteger("day_number"),
                        step.getString("trigger"),
                        Counts.of(measures),
                        measures.averageWait()));
            }
        }
        return ofSteps;
    }

    private static List<Report.OfDevice> ofDevices(Map<UUID, Measures> counts) {
        return counts.entrySet().stream()
                .filter(device -> device.getValue().isAnything())
                .map(device -> new Report.OfDevice(new DeviceId(device.getKey()), Counts.of(device.getValue())))
                .toList();
    }
}
