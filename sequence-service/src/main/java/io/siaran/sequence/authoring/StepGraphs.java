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

    private final Map<UUID, WayAhead> ways = new HashMap<>();

    private StepGraphs() {}

    public static StepGraphs read(Tx tx, Collection<UUID> sequences) {
        StepGraphs graphs = new StepGraphs();
        Map<UUID, List<PlannedStep>> steps = new HashMap<>();
        Map<UUID, Long> versions = new HashMap<>();
        for (Row row : tx.run(READ, (Object) sequences.stream().distinct().toArray(UUID[]::new))) {
            UUID sequence = row.getUUID("sequence_id");
            versions.put(sequence, row.getLong("plan_version"));
            steps.computeIfAbsent(sequence, none -> new ArrayList<>()).add(step(row));
        }
        steps.forEach((sequence, all) -> graphs.ways.put(sequence, new WayAhead(all, versions.get(sequence))));
        return graphs;
    }

    /** Of a sequence that was read and has a step. */
    public WayAhead of(UUID sequence) {
        return ways.get(sequence);
    }

    private static PlannedStep step(Row row) {
        return new PlannedStep(
                new StepId(row.getUUID("id")),
                row.getInteger("position"),
                row.getInteger("day_number"),
                row.getString("trigger"),
                row.getString("next_trigger"),
                row.getBigDecimal("trigger_delay_hours"),
                row.getLocalTime("send_at"),
                row.getBoolean("is_entry_point"),
                row.getBoolean("removed"));
    }
}
