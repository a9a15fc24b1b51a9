package io.siaran.sequence.authoring;

import io.siaran.model.StepId;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The way from each step of some sequences, as authored now; for engines, read in their transaction. */
public final class StepGraphs {

    private static final String READ = Sql.load(StepGraphs.class, "read-steps.sql");

    private final Map<UUID, StepGraph<PlannedStep>> graphs = new HashMap<>();
    private final Map<StepId, PlannedStep> steps = new HashMap<>();

    private StepGraphs() {}

    public static StepGraphs read(Tx tx, Collection<UUID> sequences) {
        StepGraphs graphs = new StepGraphs();
        Map<UUID, List<PlannedStep>> bySequence = new HashMap<>();
        for (Row row : tx.run(READ, (Object) sequences.stream().distinct().toArray(UUID[]::new))) {
            PlannedStep step = step(row);
            graphs.steps.put(step.id(), step);
            bySequence
                    .computeIfAbsent(row.getUUID("sequence_id"), none -> new ArrayList<>())
                    .add(step);
        }
        bySequence.forEach((sequence, steps) -> graphs.graphs.put(sequence, new StepGraph<>(steps)));
        return graphs;
    }

    /** The steps of an enrolment that begins at this entry point. */
    public List<PlannedStep> path(UUID sequence, StepId entry) {
        return graphs.get(sequence).pathFrom(steps.get(entry));
    }

    private static PlannedStep step(Row row) {
        return new PlannedStep(
                new StepId(row.getUUID("id")),
                row.getInteger("day_number"),
                row.getString("trigger"),
                row.getString("next_trigger"),
                row.getBigDecimal("trigger_delay_hours"),
                row.getLocalTime("send_at"),
                row.getBoolean("is_entry_point"));
    }
}
