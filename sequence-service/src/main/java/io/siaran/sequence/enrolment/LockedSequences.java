package io.siaran.sequence.enrolment;

import io.siaran.sequence.authoring.StepGraphs;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The sequences that leads are about to enter, kept as they are until the commit.
 *
 * @param entryVersions of each, which say whether who may enter is what was read before
 */
record LockedSequences(Map<UUID, Long> entryVersions, StepGraphs steps) {

    private static final String LOCK = Sql.load(LockedSequences.class, "lock-sequences.sql");

    static LockedSequences of(Tx tx, List<Enrolment> found) {
        Map<UUID, Long> versions = new HashMap<>();
        UUID[] sequences = found.stream()
                .map(enrolment -> enrolment.sequence().value())
                .distinct()
                .toArray(UUID[]::new);
        if (sequences.length > 0) {
            for (Row row : tx.run(LOCK, (Object) sequences)) {
                versions.put(row.getUUID("id"), row.getLong("entry_version"));
            }
        }
        return new LockedSequences(versions, StepGraphs.read(tx, versions.keySet()));
    }

    /** Nobody changed meanwhile who may enter, or took away the step at which it begins. */
    boolean areAsFound(Enrolment entry) {
        UUID sequence = entry.sequence().value();
        return entryVersions.getOrDefault(sequence, -1L) == entry.entryVersion()
                && !steps.of(sequence).step(entry.firstStep()).removed();
    }
}
