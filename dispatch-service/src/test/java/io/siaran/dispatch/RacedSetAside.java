package io.siaran.dispatch;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.siaran.dispatch.setaside.SetAside;
import io.siaran.sql.Database;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.inject.Vetoed;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Between the failure of a batch of one and what is put aside for it another replica is faster, once. */
@Vetoed
public class RacedSetAside extends SetAside {

    private final BiConsumer<PgException, Runnable> other;
    private final AtomicBoolean raced = new AtomicBoolean();

    /** @param other what the other replica does; it lets the first one go on by the second argument */
    public RacedSetAside(Database database, BiConsumer<PgException, Runnable> other) {
        super(database, new SimpleMeterRegistry());
        this.other = other;
    }

    @Override
    public boolean batch(int atMost, IntConsumer batch, Consumer<PgException> putAside) {
        return super.batch(atMost, batch, refusal -> {
            if (raced.compareAndSet(false, true)) {
                other.accept(refusal, () -> putAside.accept(refusal));
            } else {
                putAside.accept(refusal);
            }
        });
    }

    public boolean raced() {
        return raced.get();
    }
}
