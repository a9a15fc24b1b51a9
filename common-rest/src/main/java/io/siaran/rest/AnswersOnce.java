package io.siaran.rest;

import io.siaran.sql.Database;
import io.siaran.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** A POST that names what may be gone when it is told again: what was answered once is answered again all the same. */
@ApplicationScoped
public class AnswersOnce {

    private final Database database;
    private final IdempotencyKeys keys;

    AnswersOnce(Database database, IdempotencyKeys keys) {
        this.database = database;
        this.keys = keys;
    }

    /** How the caller writes: one transaction, and who is woken after it. */
    @FunctionalInterface
    public interface Write {

        Response inTransaction(Function<Tx, Response> work);
    }

    /**
     * Blocks, for virtual threads.
     *
     * @param body the request as it was read
     * @param check what the request names, outside of a transaction since it may wait; throws a {@link Refusal} where it is gone
     * @param action what is done with it, once for each key, in the transaction of {@code write}
     */
    public <T> Response answer(Object body, Supplier<T> check, Write write, BiFunction<Tx, T, Response> action) {
        T checked;
        try {
            checked = check.get();
        } catch (Refusal gone) {
            return database.inTransaction(tx -> keys.kept(tx.connection(), body))
                    .orElseThrow(() -> gone);
        }
        return write.inTransaction(tx -> keys.once(tx.connection(), body, () -> action.apply(tx, checked)));
    }
}
