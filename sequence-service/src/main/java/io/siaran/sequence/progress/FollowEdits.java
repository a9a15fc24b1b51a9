package io.siaran.sequence.progress;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siaran.kafka.Writes;
import io.siaran.model.MessageId;
import io.siaran.sequence.authoring.PlannedStep;
import io.siaran.sequence.batch.Batches;
import io.siaran.sequence.batch.FaultyRow;
import io.siaran.sequence.batch.PassingFault;
import io.siaran.sequence.batch.SetAside;
import io.siaran.sequence.batch.Wakes;
import io.siaran.sequence.progress.Walk.NextStep;
import io.siaran.sql.Columns;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Plans anew whoever waits for a step when the steps of the sequence are changed: to a step that was added before it, past
 * one that was removed, at another time. Whose step is out already is left alone: the way ahead of those is computed when their
 * step has an outcome. Until a contact is planned anew it is not fired (lease-due-steps.sql), so nothing of an old plan goes out.
 * Users take turns, however many edited sequences one of them has; each sequence has transactions of its own, and a walk that fails is set
 * aside: nobody waits for somebody else's, nor has smaller batches for it.
 */
@ApplicationScoped
class FollowEdits {

    private static final Logger LOG = Logger.getLogger(FollowEdits.class);

    /**
     * Walks of a sequence in a turn after one of them failed: each that fails is a transaction for which the others wait. Twice as many
     * after each turn in which none did.
     */
    private static final int FEW = 10;

    static final String FIND_EDITED = Sql.load(FollowEdits.class, "find-edited-sequences.sql");
    private static final String FIND = Sql.load(FollowEdits.class, "find-waits-to-replan.sql");
    private static final String LOCK_WAITS = Sql.load(FollowEdits.class, "lock-waits.sql");
    private static final String TAKE_BACK = Sql.load(FollowEdits.class, "take-back-steps.sql");

    private final Writes writes;
    private final CompleteEnrolments completeEnrolments;
    private final SetAside setAside;
    private final UnknownConfig config;
    private final Wakes wakes;
    private final RandomGenerator random;

    FollowEdits(
            Writes writes,
            CompleteEnrolments completeEnrolments,
            SetAside setAside,
            UnknownConfig config,
            Wakes wakes,
            RandomGenerator random) {
        this.writes = writes;
        this.completeEnrolments = completeEnrolments;
        this.setAside = setAside;
        this.config = config;
        this.wakes = wakes;
        this.random = random;
    }

    @Scheduled(every = "{siaran.sequence.edit-interval}", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void run() {
        Look look = new Look();
        boolean wentOn;
        do {
            wentOn = false;
            Collection<List<Edited>> users = ofUsers(look);
            for (List<Edited> theirs : users) {
                wentOn |= turn(theirs, Math.ceilDiv(config.batchSize(), users.size()), look);
            }
            // A round may find fewer than it may take although there are more: each user has a share.
        } while (wentOn);
        look.failures.stream().findFirst().ifPresent(failure -> {
            throw failure;
        });
    }

    /** The edited sequences of each user, without those that this look has given up. */
    private Collection<List<Edited>> ofUsers(Look look) {
        Map<String, List<Edited>> users = new LinkedHashMap<>();
        for (Row row : writes.inTransaction(tx -> tx.run(FIND_EDITED))) {
            Edited sequence = new Edited(row.getUUID("id"), row.getLong("plan_version"));
            if (!look.givenUp.contains(sequence.id())) {
                users.computeIfAbsent(row.getString("user_id"), _ -> new ArrayList<>())
                        .add(sequence);
            }
        }
        return users.values();
    }

    /** One sequence after the other, until the share is used up; what fails as a whole may have taken a minute, and ends it. */
    private boolean turn(List<Edited> theirs, int share, Look look) {
        int left = share;
        for (Edited sequence : theirs) {
            try {
                left -= left == 0 ? 0 : some(sequence, left, look.atMost);
            } catch (RuntimeException failure) {
                if (PassingFault.is(failure)) {
                    throw failure;
                }
                LOG.warnf("an edit cannot be followed sequence=%s failure=%s", sequence.id(), failure.toString());
                look.givenUp.add(sequence.id());
                look.failures.add(failure);
                return true;
            }
        }
        return left < share;
    }

    private int some(Edited sequence, int share, Map<UUID, Integer> atMost) {
        // At most the share: who has none here is not in trouble.
        atMost.computeIfPresent(sequence.id(), (_, few) -> 2 * few < share ? 2 * few : null);
        return Batches.some(
                atMost.getOrDefault(sequence.id(), share),
                size -> writes.inTransaction(tx -> plan(tx, sequence, size)),
                faulty -> {
                    atMost.put(sequence.id(), FEW / 2);
                    setAside.plan(faulty, sequence.planVersion());
                });
    }

    private int plan(Tx tx, Edited sequence, int size) {
        List<UUID> walks = new ArrayList<>();
        List<UUID> contacts = new ArrayList<>();
        for (Row row : tx.run(FIND, size, sequence.id(), sequence.planVersion())) {
            walks.add(row.getUUID("id"));
            contacts.add(row.getUUID("contact_id"));
        }
        if (!walks.isEmpty()) {
            try {
                plan(tx, walks);
            } catch (RuntimeException failure) {
                throw walks.size() == 1 ? FaultyRow.of(contacts.getFirst(), failure) : failure;
            }
            wakes.firing().ring();
        }
        return walks.size();
    }

    private void plan(Tx tx, List<UUID> walks) {
        Map<UUID, Waiting> waiting = new HashMap<>();
        for (Row row : tx.run(LOCK_WAITS, (Object) walks.toArray(UUID[]::new))) {
            waiting.put(row.getUUID("enrolment_id"), Waiting.of(row));
        }
        // As if what they wait for had not come yet: the way ahead is computed from what lies behind.
        Set<UUID> takenBack = new HashSet<>();
        UUID[] contacts = new Columns<>(waiting.values()).uuids(Waiting::contact);
        tx.run(TAKE_BACK, (Object) contacts).forEach(row -> takenBack.add(row.getUUID("id")));
        List<NextStep> next = new ArrayList<>();
        List<StepOutcome> last = new ArrayList<>();
        List<Walk> inside = Walk.read(tx, waiting.keySet());
        LaidOut laidOut = LaidOut.read(tx, inside);
        for (Walk walk : inside) {
            Waiting before = waiting.get(walk.enrolment());
            if (takenBack.contains(before.contact())) {
                Optional<PlannedStep> step = walk.next();
                step.ifPresentOrElse(
                        then -> next.add(before.unlessSame(walk.begin(then, before.since(), laidOut, random))),
                        () -> last.add(
                                new StepOutcome(walk.enrolment(), new Transition.KeepWaiting(), walk.leadsTo())));
            }
        }
        LaidOut.forgetRemoved(tx, inside);
        AdvanceEnrolments.activate(tx, next);
        completeEnrolments.complete(tx, last);
    }

    /** What one look has seen: of sequences in trouble how many walks are taken in a turn, and which are left to the next look. */
    private static final class Look {

        final Map<UUID, Integer> atMost = new HashMap<>();
        final Set<UUID> givenUp = new HashSet<>();
        final List<RuntimeException> failures = new ArrayList<>();
    }

    /** A sequence of which somebody waits by an older plan than this. */
    private record Edited(UUID id, long planVersion) {}

    /** What a contact waits for, and since when. */
    private record Waiting(UUID contact, MessageId message, Instant since) {

        static Waiting of(Row row) {
            return new Waiting(
                    row.getUUID("id"),
                    new MessageId(row.getUUID("message_id")),
                    row.getOffsetDateTime("since").toInstant());
        }

        /** A step that stays the next one keeps its message id, whatever its time becomes. */
        NextStep unlessSame(NextStep next) {
            return next.contact().value().equals(contact)
                    ? new NextStep(
                            next.contact(),
                            next.enrolment(),
                            next.step(),
                            next.place(),
                            next.dueAt(),
                            message,
                            next.planVersion(),
                            next.since())
                    : next;
        }
    }
}
