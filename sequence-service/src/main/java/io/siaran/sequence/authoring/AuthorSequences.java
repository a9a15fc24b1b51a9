package io.siaran.sequence.authoring;

import io.siaran.kafka.OutboxRecord;
import io.siaran.kafka.SessionOutbox;
import io.siaran.model.SequenceId;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.siaran.rest.Refusal;
import io.siaran.rest.Violation;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;

/** What people do with sequences. Each change announces the plan in its own transaction, which the caller opens. */
@ApplicationScoped
class AuthorSequences {

    private final Sequences sequences;
    private final Clock clock;
    private final RandomGenerator random;

    AuthorSequences(Sequences sequences, Clock clock, RandomGenerator random) {
        this.sequences = sequences;
        this.clock = clock;
        this.random = random;
    }

    Uni<Sequence> create(UserId user, SequenceDocument document) {
        refuse(SequenceRules.ofDraft(document));
        Sequence sequence = new Sequence(user, document, clock.instant(), random);
        return mayBe(document.status(), sequence)
                .chain(() -> sequences.persist(sequence))
                .call(this::announce);
    }

    /** Activates or deactivates; a sequence that is so already stays as it is. */
    Uni<Sequence> become(SequenceStatus wanted, UserId user, SequenceId id) {
        return sequences
                .lock(user, id)
                .call(sequence -> mayBe(wanted, sequence))
                .call(sequence -> sequence.become(wanted)
                        ? announce(sequence)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> mayBe(SequenceStatus wanted, Sequence sequence) {
        if (wanted == SequenceStatus.INACTIVE) {
            return Uni.createFrom().voidItem();
        }
        SequenceDocument document = sequence.document();
        return sequences
                .entriesElsewhere(sequence, SequenceRules.leadsTo(document))
                .invoke(elsewhere -> refuse(SequenceRules.ofActivation(document, elsewhere)))
                .replaceWithVoid();
    }

    private Uni<Void> announce(Sequence sequence) {
        OutboxRecord plan = new OutboxRecord(Topic.PLANS, sequence.id.toString(), sequence.plan());
        return sequences.getSession().flatMap(session -> SessionOutbox.append(session, plan));
    }

    private static void refuse(List<Violation> violations) {
        if (!violations.isEmpty()) {
            throw Refusal.invalid(violations);
        }
    }
}
