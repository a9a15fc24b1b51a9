package io.siaran.rest;

import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Optimistic locking by {@code ETag} and {@code If-Match} (RFC 9110, 13.1.1). The tag of a resource is its version in
 * quotes. A representation that is {@link Versioned} is answered with its tag, nothing else is to be done.
 */
@ApplicationScoped
public class EntityTags {

    private static final String ANY = "*";

    private final HttpServerRequest http;

    EntityTags(HttpServerRequest http) {
        this.http = http;
    }

    /** The value of the {@code ETag} header. */
    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /**
     * To be called by every PUT, PATCH and DELETE, in the transaction of the write and with the row locked or versioned.
     * Without {@code If-Match} nothing is checked.
     *
     * @param current the version that is stored
     * @throws Refusal (a 412) when {@code If-Match} names other versions only
     */
    public void check(long current) {
        check(() -> current);
    }

    /** The same where the version has to be looked for; it is only if somebody asks. */
    public void check(LongSupplier current) {
        String asked = http.getHeader(HttpHeaders.IF_MATCH);
        if (asked == null || asked.strip().equals(ANY)) {
            return;
        }
        String tag = of(current.getAsLong());
        if (Arrays.stream(asked.split(",")).map(String::strip).noneMatch(tag::equals)) {
            throw Refusal.preconditionFailed("it was changed in the meantime: its ETag is " + tag + " now");
        }
    }
}
