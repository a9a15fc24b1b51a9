package io.siaran.campaign;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.siaran.sql.Sql;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Works through a batch one row after the other, each by itself: a campaign that fails is put aside with the
 * reason ({@code campaign_setbacks}) and counted ({@code siaran.batch.failures}), and those behind it go on. Whoever finds the batch
 * leaves it out until its time has come again.
 */
@ApplicationScoped
public class EachAlone {

    private static final Logger LOG = Logger.getLogger(EachAlone.class);
    private static final String PUT_ASIDE = Sql.load(EachAlone.class, "put-aside.sql");

    private final MeterRegistry metrics;

    EachAlone(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /**
     * @param batch what the campaigns are worked on for, one word for log, metric and the list of what was put aside
     * @param campaign the id of the campaign of a row
     * @param work opens a transaction of its own; a null item is fine
     */
    public <T> Uni<Void> work(String batch, List<T> rows, Function<T, UUID> campaign, Function<T, Uni<?>> work) {
        return Multi.createFrom()
                .iterable(rows)
                .onItem()
                .transformToUniAndConcatenate(row -> alone(batch, row, campaign, work))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private <T> Uni<Void> alone(String batch, T row, Function<T, UUID> campaign, Function<T, Uni<?>> work) {
        return Uni.createFrom()
                .deferred(() -> work.apply(row).replaceWithVoid())
                .onFailure()
                .recoverWithUni(failure -> putAside(batch, campaign.apply(row), failure));
    }

    /** Where that is not possible either, because the database is away, the next look meets it at once. */
    private Uni<Void> putAside(String batch, UUID campaign, Throwable failure) {
        String reason = reason(failure);
        LOG.errorf("put aside batch=%s campaign=%s: %s", batch, campaign, reason);
        metrics.counter("siaran.batch.failures", "batch", batch).increment();
        return Panache.withTransaction(() -> Panache.getSession()
                        .chain(session -> session.createNativeQuery(PUT_ASIDE)
                                .setParameter(1, campaign)
                                .setParameter(2, batch)
                                .setParameter(3, reason)
                                .executeUpdate()))
                .onFailure()
                .invoke(also -> LOG.errorf("batch=%s campaign=%s is not put aside: %s", batch, campaign, reason(also)))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    /** What the database says has its detail aside, which repeats values of the row. */
    public static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && !(root instanceof PgException)) {
            root = root.getCause();
        }
        return root instanceof PgException refusal
                ? refusal.getSqlState() + " " + refusal.getErrorMessage()
                : root.toString();
    }
}
