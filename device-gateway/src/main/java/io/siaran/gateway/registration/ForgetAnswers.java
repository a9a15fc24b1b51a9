package io.siaran.gateway.registration;

import io.quarkus.scheduler.Scheduled;
import io.siaran.rest.IdempotencyKeys;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;

/** Forgets the answers that were kept for repeated requests, once nobody may ask for them any more. */
@ApplicationScoped
class ForgetAnswers {

    private final IdempotencyKeys keys;
    private final Pool pool;

    ForgetAnswers(IdempotencyKeys keys, Pool pool) {
        this.keys = keys;
        this.pool = pool;
    }

    @Scheduled(every = "1h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> forget() {
        return keys.purge(pool).replaceWithVoid();
    }
}
