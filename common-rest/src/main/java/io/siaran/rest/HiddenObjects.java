package io.siaran.rest;

import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An id that is not the caller's gets a 404 whatever is sent with it. The framework reads the body before a resource looks for
 * the object, so what is wrong with a body is told only after a look whether the object is there. Requests that are right cost
 * nothing more.
 */
@Singleton
class HiddenObjects {

    private static final Pattern OBJECT = Pattern.compile("/api/v1/([^/]+)/([0-9A-Fa-f-]{36})(?:/.*)?");

    private final List<OwnedCollection> collections;
    private final Pool pool;
    private final Caller caller;

    HiddenObjects(@All List<OwnedCollection> collections, Pool pool, Caller caller) {
        this.collections = collections;
        this.pool = pool;
        this.caller = caller;
    }

    /** The answer, or a 404 when the path names an object that is not there for the caller. */
    Uni<Response> unlessHidden(Response answer, String path) {
        Matcher object = OBJECT.matcher(path);
        if (!object.matches()) {
            return Uni.createFrom().item(answer);
        }
        Optional<OwnedCollection> collection = collections.stream()
                .filter(each -> each.name().equals(object.group(1)))
                .findFirst();
        Optional<UUID> id = id(object.group(2));
        return collection.isEmpty() || id.isEmpty()
                ? Uni.createFrom().item(answer)
                : unlessHidden(answer, path, collection.get(), id.get());
    }

    private Uni<Response> unlessHidden(Response answer, String path, OwnedCollection collection, UUID id) {
        return Uni.createFrom()
                .deferred(() -> pool.preparedQuery(collection.query())
                        .execute(Tuple.of(id, caller.userId().value())))
                .map(rows -> rows.size() > 0 ? answer : absent(collection, id, path))
                // Without a token, or without the database: what is wrong with the body says nothing of the object.
                .onFailure()
                .recoverWithItem(answer);
    }

    private static Response absent(OwnedCollection collection, UUID id, String path) {
        return Problem.of(Refusal.notFound(collection.what(), id), path)
                .response()
                .build()
                .toResponse();
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException other) {
            return Optional.empty();
        }
    }
}
