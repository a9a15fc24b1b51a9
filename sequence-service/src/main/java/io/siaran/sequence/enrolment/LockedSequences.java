package io.siaran.sequence.enrolment;

import io.siaran.model.StepId;
import io.siaran.model.UserId;
import io.siaran.sequence.authoring.PlannedStep;
import io.siaran.sequence.authoring.StepGraphs;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The sequences that leads are about to enter, kept as they are until the commit. For one thread.
 *
 * @param entryVersions of each, which say whether who may enter is what was read before
 * @param paths from each first step that was asked for, computed once for however many begin there
 */
record LockedSequences(Map<UUID, Long> entryVersions, StepGraphs steps, Map<StepId, List<PlannedStep>> paths) {

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
        return new LockedSequences(versions, StepGraphs.read(tx, versions.keySet()), new HashMap<>());
    }

    /** Nobody changed meanwhile who may enter, or took away the step at which it begins. */
    boolean areAsFound(Enrolment entry) {
        UUID sequence = entry.sequence().value();
        return entryVersions.getOrDefault(sequence, -1L) == entry.entryVersion()
                && steps.of(sequence).isLive(entry.firstStep());
    }

    /** The steps that a walk has ahead of it as it begins. */
    List<PlannedStep> path(Enrolment entry) {
        return paths.computeIfAbsent(
                entry.firstStep(), first -> steps.of(entry.sequence().value()).from(first));
    }

    /**
     * Of those that are as they were found, as many as have no more steps together, or one. Users take turns: nobody's long sequences
     * leave no room for somebody else.
     */
    List<Enrolment> thatFit(List<Enrolment> entries, int steps) {
        List<Enrolment> fitting = new ArrayList<>();
        long taken = 0;
        for (Enrolment entry : inTurns(entries)) {
            taken += path(entry).size();
            if (taken > steps && !fitting.isEmpty()) {
                return fitting;
            }
            fitting.add(entry);
        }
        return fitting;
    }

    /** The first of each user, then the second of each, and so on. */
    private static List<Enrolment> inTurns(List<Enrolment> entries) {
        Map<UserId, Integer> turns = new HashMap<>();
        Map<Integer, List<Enrolment>> rounds = new TreeMap<>();
        for (Enrolment entry : entries) {
            int turn = turns.merge(entry.user(), 1, Integer::sum);
            rounds.computeIfAbsent(turn, none -> new ArrayList<>()).add(entry);
        }
        return rounds.values().stream().flatMap(List::stream).toList();
    }
}
