package io.siaran.sequence.authoring;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Page;
import io.siaran.model.SequenceId;
import io.siaran.model.StepId;
import io.siaran.model.UserId;
import io.siaran.rest.CreationOrder;
import io.siaran.rest.PageRequest;
import io.siaran.rest.Refusal;
import io.siaran.sql.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** The sequences of each user; whoever asks for somebody else's, or a deleted one, is told that there is none. */
@ApplicationScoped
class Sequences implements PanacheRepositoryBase<Sequence, UUID> {

    private static final String LOCK =
            "SELECT id FROM sequences WHERE id = :id AND user_id = :user AND deleted_at IS NULL FOR UPDATE";
    private static final String ENTRY_POINTS =
            "SELECT trigger, sequence_id, open FROM entry_points WHERE user_id = :user AND trigger IN (:triggers)";
    private static final String SIZES = Sql.load(Sequences.class, "measure-texts.sql");
    private static final String FORGET_REMOVED = Sql.load(Sequences.class, "forget-removed-steps.sql");
    private static final String COUNT_INSIDE =
            "SELECT count(*) FROM enrolments WHERE sequence_id = :id AND status = 'open'";
    private static final String CROWDS = Sql.load(Sequences.class, "count-crowds.sql");
    private static final String HAS_AUDIENCE = Sql.load(Sequences.class, "has-audience.sql");

    private final AuthoringConfig config;

    Sequences(AuthoringConfig config) {
        this.config = config;
    }

    Uni<Sequence> find(UserId user, SequenceId id) {
        return find("id = ?1 and userId = ?2 and deletedAt is null", id.value(), user.value())
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.notFound("sequence", id))
                .call(sequence -> Mutiny.fetch(sequence.steps));
    }

    /** With the steps that were removed. Nobody else changes it, and nobody enters it, until this transaction ends. */
    Uni<Sequence> lock(UserId user, SequenceId id) {
        return getSession()
                .flatMap(session -> session.createNativeQuery(LOCK, UUID.class)
                        .setParameter("id", id.value())
                        .setParameter("user", user.value())
                        .getResultList())
                .flatMap(locked -> find(user, id))
                .call(sequence -> Mutiny.fetch(sequence.removedSteps));
    }

    /** What edits removed is forgotten, this one's included, if nobody was ever inside the sequence; the caller has its lock. */
    Uni<Void> forgetRemoved(Sequence sequence) {
        return sequence.removedSteps.isEmpty()
                ? Uni.createFrom().voidItem()
                : getSession()
                        .flatMap(session -> session.flush()
                                .chain(() -> session.createNativeQuery(FORGET_REMOVED)
                                        .setParameter("id", sequence.id)
                                        .executeUpdate()))
                        .replaceWithVoid();
    }

    /**
     * By age: as many as the page may have and as have no more bytes of texts together than {@link AuthoringConfig#pageBytes}, or one.
     * They are measured before any of them is in memory.
     */
    Uni<Listed<Sequence>> list(UserId user, SequenceFilter filter, PageRequest page) {
        UUID after = page.after(UUID::fromString).orElse(null);
        return find(filter.query(after), filter.parameters(user, after))
                .project(UUID.class)
                .page(Page.ofSize(page.rowsToRead()))
                .list()
                .flatMap(ids -> sizes(ids).map(sizes -> Listed.of(ids, sizes, page.limit(), config.pageBytes())))
                .flatMap(ids ->
                        withSteps(ids.shown(), filter.order()).map(sequences -> new Listed<>(sequences, ids.more())));
    }

    /** The sequences of the user, active or not, into which these triggers let leads. */
    Uni<List<EntryPoint>> entryPoints(UserId user, Collection<String> triggers) {
        if (triggers.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return getSession()
                .flatMap(session -> session.createNativeQuery(ENTRY_POINTS, Object[].class)
                        .setParameter("user", user.value())
                        .setParameter("triggers", triggers)
                        .getResultList())
                .map(rows -> rows.stream()
                        .map(row -> new EntryPoint((String) row[0], (UUID) row[1], (Boolean) row[2]))
                        .toList());
    }

    /** How many contacts are at which step of a sequence. */
    Uni<List<Edit.Crowd>> crowds(Sequence sequence) {
        return getSession()
                .flatMap(session -> session.createNativeQuery(CROWDS, Object[].class)
                        .setParameter("id", sequence.id)
                        .getResultList())
                .map(rows -> rows.stream()
                        .map(row -> new Edit.Crowd(new StepId((UUID) row[0]), (Boolean) row[1], (Long) row[2]))
                        .toList());
    }

    /** How many leads are inside. */
    Uni<Long> countInside(Sequence sequence) {
        return getSession()
                .flatMap(session -> session.createNativeQuery(COUNT_INSIDE, Long.class)
                        .setParameter("id", sequence.id)
                        .getSingleResult());
    }

    /** Whether a lead of the user fits its niche and target status; true also where there are too many to look at. */
    Uni<Boolean> hasAudience(Sequence sequence) {
        return getSession()
                .flatMap(session -> session.createNativeQuery(HAS_AUDIENCE, Boolean.class)
                        .setParameter("user", sequence.userId)
                        .setParameter("niche", sequence.niche == null ? "" : sequence.niche)
                        .setParameter("status", sequence.targetStatus.wire())
                        .getSingleResult());
    }

    /** Of those that have steps, how many bytes their texts are. */
    private Uni<Map<UUID, Long>> sizes(List<UUID> ids) {
        if (ids.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return getSession()
                .flatMap(session -> session.createNativeQuery(SIZES, Object[].class)
                        .setParameter("ids", ids)
                        .getResultList())
                .map(rows -> rows.stream().collect(Collectors.toMap(row -> (UUID) row[0], row -> (Long) row[1])));
    }

    private Uni<List<Sequence>> withSteps(List<UUID> ids, CreationOrder order) {
        return list("from Sequence s left join fetch s.steps where s.id in ?1 order by s.id " + order.direction(), ids);
    }
}
