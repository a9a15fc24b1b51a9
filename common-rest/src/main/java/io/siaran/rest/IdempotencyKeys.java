package io.siaran.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs a POST once for each {@code Idempotency-Key} of a user, method and path; without the header, each time.
 *
 * <p>Told again within 24 hours it gets the same answer (status, {@code Location}, body), marked
 * {@code Idempotency-Replayed: true}; with another body or query a 422; while the first still runs a 409 with
 * {@code Retry-After}. The answer is kept by the transaction of the write, so both are there or neither. Only 2xx
 * answers are kept: whatever was refused may be tried again.
 */
@ApplicationScoped
public class IdempotencyKeys {

    private final Caller caller;
    private final HttpServerRequest http;
    private final ObjectMapper mapper;

    IdempotencyKeys(Caller caller, HttpServerRequest http, ObjectMapper mapper) {
        this.caller = caller;
        this.http = http;
        this.mapper = mapper;
    }

    /**
     * For CRUD: within the transaction of the current Hibernate Reactive session.
     *
     * @param body the request as it was read, or null when it has none
     */
    public Uni<Response> once(Object body, Supplier<Uni<Response>> action) {
        Optional<KeyedRequest> request = request(body);
        if (request.isEmpty()) {
            return action.get();
        }
        KeptAnswers kept = new KeptAnswers(new SessionStatements(), mapper);
        return kept.recall(request.get())
                .flatMap(found -> found.map(answer -> Uni.createFrom().item(answer))
                        .orElseGet(() -> action.get().call(answer -> kept.keep(request.get(), answer))));
    }

    /**
     * For engines: within the transaction of this connection, straight-line on a virtual thread.
     *
     * @param body the request as it was read, or null when it has none
     */
    public Response once(SqlConnection connection, Object body, Supplier<Response> action) {
        Optional<KeyedRequest> request = request(body);
        if (request.isEmpty()) {
            return action.get();
        }
        KeptAnswers kept = new KeptAnswers(new ClientStatements(connection), mapper);
        return kept.recall(request.get()).await().indefinitely().orElseGet(() -> {
            Response answer = action.get();
            kept.keep(request.get(), answer).await().indefinitely();
            return answer;
        });
    }

    /**
     * The answer that was kept for this request, for callers that check what may be gone since the first time, and wait for
     * it, before they open their transaction. Empty for a new request, and without the header.
     *
     * @param body the request as it was read, or null when it has none
     */
    public Optional<Response> kept(SqlConnection connection, Object body) {
        return request(body)
                .flatMap(request -> new KeptAnswers(new ClientStatements(connection), mapper)
                        .recall(request)
                        .await()
                        .indefinitely());
    }

    /** Forgets what is older than 24 hours, by statements that are short however much it is; each service does so now and then. Answers how many. */
    public Uni<Integer> purge(SqlClient client) {
        return new KeptAnswers(new ClientStatements(client), mapper).purge();
    }

    private Optional<KeyedRequest> request(Object body) {
        return Optional.ofNullable(http.getHeader(KeyedRequest.HEADER))
                .map(key ->
                        new KeyedRequest(caller.userId(), http.method().name(), http.path(), key, fingerprint(body)));
    }

    private String fingerprint(Object body) {
        return KeyedRequest.hash(http.query() + '\n' + RestJson.write(mapper, body));
    }
}
