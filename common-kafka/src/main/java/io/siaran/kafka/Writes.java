package io.siaran.kafka;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.siaran.sql.Database;
import io.siaran.sql.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How a resource or a use case writes: one transaction, and after its commit whatever waits for it is woken. The relay of
 * the outbox always is, since to wake it for nothing costs nothing; {@code then} is for what else follows, such as an
 * engine that may have something to do. After a rollback nobody is woken.
 *
 * <pre>{@code
 * return writes.inSession(() -> keys.once(body, () -> campaigns.create(user, body)), moved::fire);   // entities
 * return writes.inTransaction(tx -> store.replace(tx, rules));                                      // SQL, virtual threads
 * }</pre>
 */
@ApplicationScoped
public class Writes {

    private static final Runnable NOTHING = () -> {};

    private final Database database;
    private final Outbox outbox;

    Writes(Database database, Outbox outbox) {
        this.database = database;
        this.outbox = outbox;
    }

    /** Waits, for virtual and worker threads. */
    public <T> T inTransaction(Function<Tx, T> work) {
        return inTransaction(work, NOTHING);
    }

    /** Waits, for virtual and worker threads. */
    public <T> T inTransaction(Function<Tx, T> work, Runnable then) {
        T done = database.inTransaction(work);
        outbox.wake();
        then.run();
        return done;
    }

    /** In a session of Hibernate Reactive, which {@code work} shares with its entities. */
    public <T> Uni<T> inSession(Supplier<Uni<T>> work) {
        return inSession(work, NOTHING);
    }

    /** In a session of Hibernate Reactive, which {@code work} shares with its entities. */
    public <T> Uni<T> inSession(Supplier<Uni<T>> work, Runnable then) {
        return Panache.withTransaction(work).invoke(outbox::wake).invoke(then);
    }
}
