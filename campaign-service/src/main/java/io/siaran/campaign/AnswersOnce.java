package io.siaran.campaign;

import io.siaran.kafka.Writes;
import io.siaran.rest.IdempotencyKeys;
import io.siaran.rest.Refusal;
import io.siaran.sql.Database;
import io.siaran.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** A POST that names what may be gone when it is told again: what was answered once is answered again all the same. */
@ApplicationScoped
public class AnswersOnce {

    private final Database database;
    private final IdempotencyKeys keys;
    private final Writes writes;

    AnswersOnce(Database database, IdempotencyKeys keys, Writes writes) {
        this.database = database;
        this.keys = keys;
        this.writes = writes;
    }

    /**
     * Blocks, for virtual threads.
     *
     * @param body the request as it was read
     * @param check what the request names, outside of a transaction since it may wait; throws a {@link Refusal} where it is gone
     * @param action what is done with it, once for each key
     */
    public <T> Response answer(Object body, Supplier<T> check, BiFunction<Tx, T, Response> action) {
        T checked;
        try {
            checked = check.get();
        } catch (Refusal gone) {
            return database.inTransaction(tx -> keys.kept(tx.connection(), body))
                    .orElseThrow(() -> gone);
        }
        return writes.inTransaction(tx -> keys.once(tx.connection(), body, () -> action.apply(tx, checked)));
    }
}
