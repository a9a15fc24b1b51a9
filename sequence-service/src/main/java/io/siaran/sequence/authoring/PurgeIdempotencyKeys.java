package io.siaran.sequence.authoring;

import io.quarkus.scheduler.Scheduled;
import io.siaran.rest.IdempotencyKeys;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;

/** Forgets the answers to POSTs that nobody repeats any more. */
@ApplicationScoped
class PurgeIdempotencyKeys {

    private final IdempotencyKeys keys;
    private final Pool pool;

    PurgeIdempotencyKeys(IdempotencyKeys keys, Pool pool) {
        this.keys = keys;
        this.pool = pool;
    }

    @Scheduled(every = "1h", delayed = "1m")
    Uni<Void> purge() {
        return keys.purge(pool).replaceWithVoid();
    }
}
