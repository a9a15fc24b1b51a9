package io.siaran.sequence.progress;

import io.siaran.sequence.enrolment.EndEnrolments;
import io.siaran.sequence.enrolment.Exit;
import io.siaran.sequence.enrolment.LeftReason;
import io.siaran.sequence.progress.Transition.Advance;
import io.siaran.sequence.progress.Transition.KeepWaiting;
import io.siaran.sequence.progress.Transition.Stop;
import io.siaran.sequence.progress.Walk.NextStep;
import io.siaran.sql.Columns;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Takes enrolments to their next step, to their end, or out. The caller holds their locks and has noted the outcomes. */
@ApplicationScoped
class AdvanceEnrolments {

    private static final String ACTIVATE = Sql.load(AdvanceEnrolments.class, "activate-steps.sql");

    private final CompleteEnrolments completeEnrolments;
    private final EndEnrolments endEnrolments;
    private final RandomGenerator random;

    AdvanceEnrolments(CompleteEnrolments completeEnrolments, EndEnrolments endEnrolments, RandomGenerator random) {
        this.completeEnrolments = completeEnrolments;
        this.endEnrolments = endEnrolments;
        this.random = random;
    }

    void all(Tx tx, List<StepOutcome> outcomes) {
        Map<UUID, Advancing> advancing = new LinkedHashMap<>();
        List<Exit> exits = new ArrayList<>();
        for (StepOutcome outcome : outcomes) {
            switch (outcome.transition()) {
                case Advance(Instant from) -> advancing.put(outcome.enrolment(), new Advancing(outcome, from));
                case Stop(LeftReason reason) -> exits.add(new Exit(outcome.enrolment(), reason));
                case KeepWaiting() -> {}
            }
        }
        advance(tx, advancing);
        endEnrolments.end(tx, exits);
    }

    private void advance(Tx tx, Map<UUID, Advancing> enrolments) {
        if (enrolments.isEmpty()) {
            return;
        }
        List<NextStep> next = new ArrayList<>();
        List<StepOutcome> last = new ArrayList<>();
        List<Walk> walks = Walk.read(tx, enrolments.keySet());
        LaidOut laidOut = LaidOut.read(tx, walks);
        for (Walk walk : walks) {
            Advancing advancing = enrolments.get(walk.enrolment());
            walk.next()
                    .ifPresentOrElse(
                            step -> next.add(walk.begin(step, advancing.from(), laidOut, random)),
                            () -> last.add(advancing.outcome()));
        }
        LaidOut.forgetRemoved(tx, walks);
        activate(tx, next);
        completeEnrolments.complete(tx, last);
    }

    static void activate(Tx tx, List<NextStep> steps) {
        if (!steps.isEmpty()) {
            Columns<NextStep> columns = new Columns<>(steps);
            tx.run(
                    ACTIVATE,
                    columns.uuids(step -> step.contact().value()),
                    columns.uuids(NextStep::enrolment),
                    columns.uuids(step -> step.step().value()),
                    columns.integers(NextStep::place),
                    columns.times(NextStep::dueAt),
                    columns.uuids(step -> step.message().value()),
                    columns.longs(NextStep::planVersion),
                    columns.times(NextStep::since));
        }
    }

    private record Advancing(StepOutcome outcome, Instant from) {}
}
