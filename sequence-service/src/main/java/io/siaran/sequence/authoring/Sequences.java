package io.siaran.sequence.authoring;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import io.siaran.model.SequenceId;
import io.siaran.model.UserId;
import io.siaran.rest.PageRequest;
import io.siaran.rest.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** The sequences of each user; whoever asks for somebody else's is told that there is none. */
@ApplicationScoped
class Sequences implements PanacheRepositoryBase<Sequence, UUID> {

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    Uni<Sequence> find(UserId user, SequenceId id) {
        return find(user, id, LockModeType.NONE);
    }

    /** Nobody else changes its status until this transaction ends. */
    Uni<Sequence> lock(UserId user, SequenceId id) {
        return find(user, id, LockModeType.PESSIMISTIC_WRITE);
    }

    /** By age; one more than is shown. */
    Uni<List<Sequence>> list(UserId user, SequenceStatus status, PageRequest page) {
        UUID after = page.after(UUID::fromString).orElse(BEFORE_ALL);
        return find(
                        "select id from Sequence where userId = ?1 and id > ?2 and (?3 is null or status = ?3) order by id",
                        user.value(),
                        after,
                        status)
                .project(UUID.class)
                .page(Page.ofSize(page.rowsToRead()))
                .list()
                .flatMap(this::withSteps);
    }

    /** Which of the triggers let leads into another sequence of the user. */
    Uni<Set<String>> entriesElsewhere(Sequence sequence, Set<String> triggers) {
        if (triggers.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        return getSession()
                .flatMap(session -> session.createNativeQuery(
                                "SELECT DISTINCT trigger FROM entry_points"
                                        + " WHERE user_id = :user AND trigger IN (:triggers) AND sequence_id <> :id",
                                String.class)
                        .setParameter("user", sequence.userId)
                        .setParameter("triggers", triggers)
                        .setParameter("id", sequence.id)
                        .getResultList())
                .map(Set::copyOf);
    }

    private Uni<Sequence> find(UserId user, SequenceId id, LockModeType lock) {
        return find("id = ?1 and userId = ?2", id.value(), user.value())
                .withLock(lock)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.notFound("sequence", id))
                .call(sequence -> Mutiny.fetch(sequence.steps));
    }

    private Uni<List<Sequence>> withSteps(List<UUID> ids) {
        return list("from Sequence s left join fetch s.steps where s.id in ?1 order by s.id", ids);
    }
}
