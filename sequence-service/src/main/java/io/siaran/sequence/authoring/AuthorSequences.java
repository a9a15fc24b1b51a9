package io.siaran.sequence.authoring;

import io.siaran.kafka.Deeds;
import io.siaran.kafka.OutboxRecord;
import io.siaran.kafka.SessionOutbox;
import io.siaran.model.Deed;
import io.siaran.model.SequenceId;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.siaran.rest.EntityTags;
import io.siaran.rest.Refusal;
import io.siaran.rest.Violation;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** What operators do with sequences. Each change announces the plan, and tells the audit, in the transaction that the caller opens. */
@ApplicationScoped
class AuthorSequences {

    private final Sequences sequences;
    private final AuthoringConfig config;
    private final Deeds deeds;
    private final EntityTags tags;
    private final Clock clock;
    private final RandomGenerator random;

    AuthorSequences(
            Sequences sequences,
            AuthoringConfig config,
            Deeds deeds,
            EntityTags tags,
            Clock clock,
            RandomGenerator random) {
        this.sequences = sequences;
        this.config = config;
        this.deeds = deeds;
        this.tags = tags;
        this.clock = clock;
        this.random = random;
    }

    Uni<Sequence> create(UserId user, SequenceDocument document) {
        refuse(SequenceRules.ofNew(document));
        Sequence sequence = new Sequence(user, document, clock.instant(), random);
        return mayHaveStatus(document, sequence)
                .chain(() -> sequences.persist(sequence))
                .call(this::announce)
                .call(() -> tell(user, Deed.CREATED, sequence, null, sequence.document()));
    }

    /** @param wanted what the sequence should be, of what it is; a refusal that it throws is the answer */
    Uni<Edit> change(UserId user, SequenceId id, UnaryOperator<SequenceDocument> wanted) {
        return lock(user, id).flatMap(sequence -> {
            Edit edit = Edit.of(sequence);
            return replace(sequence, wanted.apply(edit.before()))
                    .chain(() -> tell(user, Deed.EDITED, sequence, edit.before(), sequence.document()))
                    .replaceWith(edit);
        });
    }

    /** Another like it, inactive. */
    Uni<Sequence> copy(UserId user, SequenceId id) {
        return sequences
                .find(user, id)
                .flatMap(sequence -> create(user, sequence.document().copy()));
    }

    /** Activates or deactivates; a sequence that is so already stays as it is. */
    Uni<Sequence> become(SequenceStatus wanted, UserId user, SequenceId id) {
        return lock(user, id)
                .call(sequence -> mayHaveStatus(sequence.document().having(wanted), sequence))
                .call(sequence -> turn(user, sequence, wanted));
    }

    /** Who is inside leaves with the next reviews; what is queued is cancelled by the plan. */
    Uni<Void> delete(UserId user, SequenceId id) {
        return lock(user, id)
                .call(this::mayBeDeleted)
                .call(sequence -> {
                    SequenceDocument before = sequence.document();
                    sequence.delete(clock.instant());
                    return announce(sequence).chain(() -> tell(user, Deed.DELETED, sequence, before, null));
                })
                .replaceWithVoid();
    }

    private Uni<Void> turn(UserId user, Sequence sequence, SequenceStatus wanted) {
        SequenceDocument before = sequence.document();
        Deed deed = wanted == SequenceStatus.ACTIVE ? Deed.ACTIVATED : Deed.DEACTIVATED;
        return announceIf(sequence.become(wanted, clock.instant()), sequence)
                .chain(() -> tell(user, deed, sequence, before, sequence.document()));
    }

    private Uni<Sequence> lock(UserId user, SequenceId id) {
        return sequences.lock(user, id).invoke(sequence -> tags.check(sequence.versions.current));
    }

    private Uni<Void> replace(Sequence sequence, SequenceDocument document) {
        StepChanges changes = new StepChanges(sequence.steps, document.steps());
        List<Violation> violations = new ArrayList<>(SequenceRules.ofDraft(document));
        violations.addAll(changes.violations());
        violations.addAll(SequenceRules.ofRemoved(sequence.removedSteps.size(), changes.gone(), config.mostRemoved()));
        refuse(violations);
        return mayHaveStatus(document, sequence)
                .chain(() -> announceIf(sequence.replace(document, changes, clock.instant(), random), sequence))
                .chain(() -> sequences.forgetRemoved(sequence));
    }

    private Uni<Void> mayBeDeleted(Sequence sequence) {
        if (sequence.status == SequenceStatus.INACTIVE) {
            return Uni.createFrom().voidItem();
        }
        return sequences
                .countInside(sequence)
                .invoke(inside -> refuseIf(inside > 0, SequenceRules.isInUse(inside)))
                .replaceWithVoid();
    }

    private Uni<Void> mayHaveStatus(SequenceDocument document, Sequence sequence) {
        if (document.status() == SequenceStatus.INACTIVE) {
            return Uni.createFrom().voidItem();
        }
        return sequences
                .entryPoints(new UserId(sequence.userId), SequenceRules.leadsTo(document))
                .map(entries -> entries.stream()
                        .filter(entry -> entry.isElsewhereThan(sequence))
                        .map(EntryPoint::trigger)
                        .collect(Collectors.toSet()))
                .invoke(elsewhere -> refuse(SequenceRules.ofActivation(document, elsewhere)))
                .replaceWithVoid();
    }

    private Uni<Void> announceIf(boolean changed, Sequence sequence) {
        return changed ? announce(sequence) : Uni.createFrom().voidItem();
    }

    private Uni<Void> announce(Sequence sequence) {
        OutboxRecord plan = new OutboxRecord(Topic.PLANS, sequence.id.toString(), sequence.plan());
        return sequences.getSession().flatMap(session -> SessionOutbox.append(session, plan));
    }

    private Uni<Void> tell(UserId by, Deed deed, Sequence sequence, SequenceDocument before, SequenceDocument after) {
        return deeds.tell(by, deed, new Deeds.Subject("sequence", sequence.id), before, after);
    }

    private static void refuse(List<Violation> violations) {
        if (!violations.isEmpty()) {
            throw Refusal.invalid(violations);
        }
    }

    private static void refuseIf(boolean refused, String why) {
        if (refused) {
            throw Refusal.conflict(why);
        }
    }
}
