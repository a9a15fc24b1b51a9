package io.siaran.campaign;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Works through a batch one row after the other, each by itself: a row that fails is logged and counted
 * ({@code siaran.batch.failures}), and the rows behind it go on. Whoever finds the batch finds a failed row again next time.
 */
@ApplicationScoped
public class EachAlone {

    private static final Logger LOG = Logger.getLogger(EachAlone.class);

    private final MeterRegistry metrics;

    EachAlone(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /**
     * @param batch what the rows are worked on for, one word for log and metric
     * @param work opens a transaction of its own; a null item is fine
     */
    public <T> Uni<Void> work(String batch, List<T> rows, Function<T, Uni<?>> work) {
        return Multi.createFrom()
                .iterable(rows)
                .onItem()
                .transformToUniAndConcatenate(row -> alone(batch, row, work))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private <T> Uni<Void> alone(String batch, T row, Function<T, Uni<?>> work) {
        return Uni.createFrom()
                .deferred(() -> work.apply(row).replaceWithVoid())
                .onFailure()
                .invoke(failure -> tell(batch, row, failure))
                .onFailure()
                .recoverWithNull();
    }

    private void tell(String batch, Object row, Throwable failure) {
        LOG.errorf("batch=%s row=%s failed: %s", batch, row, failure.toString());
        metrics.counter("siaran.batch.failures", "batch", batch).increment();
    }
}
