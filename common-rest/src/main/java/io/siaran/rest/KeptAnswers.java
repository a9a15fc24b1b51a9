package io.siaran.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

/** The table {@code idempotency_keys}, within the transaction of the write. */
final class KeptAnswers {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** Held until the transaction ends. Who gets it sees, by its next statement, what the holder before committed. */
    private static final String LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0))";

    private static final String FIND = """
            SELECT answer FROM idempotency_keys
            WHERE user_id = $1 AND method = $2 AND path = $3 AND key = $4
              AND kept_at > clock_timestamp() - interval '24 hours'
            """;

    /** A row that is there already has been found too old by FIND. */
    private static final String KEEP = """
            INSERT INTO idempotency_keys (user_id, method, path, key, answer)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (user_id, method, path, key) DO UPDATE
            SET answer = excluded.answer, kept_at = excluded.kept_at
            """;

    /** Deleted by one statement, so that none takes too long however many there are. */
    private static final int AT_ONCE = 2_000;

    /** By the index, the oldest first. The age is looked at again where it is deleted: the key may have been used anew since it was found. */
    private static final String PURGE = """
            DELETE FROM idempotency_keys
            WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM idempotency_keys WHERE kept_at <= statement_timestamp() - interval '24 hours'
                ORDER BY kept_at
                LIMIT $1))
              AND kept_at <= statement_timestamp() - interval '24 hours'
            """;

    private final Statements statements;
    private final ObjectMapper mapper;

    KeptAnswers(Statements statements, ObjectMapper mapper) {
        this.statements = statements;
        this.mapper = mapper;
    }

    /**
     * Locks the key until the transaction ends and finds the answer to an earlier telling; empty for the first.
     * Fails with a {@link Refusal} while the first still runs, and when it was another request.
     */
    Uni<Optional<Response>> recall(KeyedRequest request) {
        return statements
                .value(LOCK, request.scope())
                .invoke(KeptAnswers::refuseUnlessLocked)
                .flatMap(locked ->
                        statements.value(FIND, request.user().value(), request.method(), request.path(), request.key()))
                .map(found -> found.map(json -> replay(request, (String) json)));
    }

    /** Keeps a 2xx; any other answer may be tried again. */
    Uni<Integer> keep(KeyedRequest request, Response answer) {
        if (answer.getStatusInfo().getFamily() != Response.Status.Family.SUCCESSFUL) {
            return Uni.createFrom().item(0);
        }
        String json = RestJson.write(mapper, KeptAnswer.of(answer, request.hash(), mapper));
        return statements.update(KEEP, request.user().value(), request.method(), request.path(), request.key(), json);
    }

    /** Some after some until few are left; answers how many they were. */
    Uni<Integer> purge() {
        return statements
                .update(PURGE, AT_ONCE)
                .repeat()
                .whilst(some -> some >= AT_ONCE)
                .collect()
                .with(Collectors.summingInt(Integer::intValue));
    }

    private Response replay(KeyedRequest request, String json) {
        KeptAnswer kept = KeptAnswer.read(json, mapper);
        if (!kept.requestHash().equals(request.hash())) {
            throw Refusal.keyReused(KeyedRequest.HEADER + " was used for another request");
        }
        return kept.replay();
    }

    private static void refuseUnlessLocked(Optional<Object> locked) {
        if (!locked.equals(Optional.of(true))) {
            throw Refusal.busy("the request with this " + KeyedRequest.HEADER + " still runs", RETRY_AFTER);
        }
    }
}
