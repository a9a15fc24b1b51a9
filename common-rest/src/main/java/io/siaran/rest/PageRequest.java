package io.siaran.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * Which part of a list is asked for; a {@code @BeanParam}.
 *
 * @param limit at most so many items, 1 to 500, 50 unless given
 * @param cursor the {@code next_cursor} of the page before, or null for the first; opaque to callers
 */
public record PageRequest(
        @Parameter(description = "at most so many items, 1 to 500; default 50") @RestQuery
        Integer limit,

        @Parameter(description = "next_cursor of the page before") @RestQuery
        String cursor) {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    /** Throws {@link Refusal} (a 400 that names {@code limit}) for one out of bounds. */
    public PageRequest {
        limit = limit == null ? DEFAULT_LIMIT : limit;
        if (limit < 1 || limit > MAX_LIMIT) {
            throw Refusal.invalid("limit", "must be from 1 to " + MAX_LIMIT);
        }
    }

    /** One row more than is shown: it tells whether there is a next page. */
    public int rowsToRead() {
        return limit + 1;
    }

    /**
     * The key that the page begins after, empty for the first page.
     *
     * @param read reads the key's text, e.g. {@code UUID::fromString}; throws a {@link RuntimeException} when it is none
     * @throws Refusal (a 400 that names {@code cursor}) when the cursor is none of ours
     */
    public <K> Optional<K> after(Function<String, K> read) {
        if (cursor == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(read.apply(new String(Base64.getUrlDecoder().decode(cursor), UTF_8)));
        } catch (RuntimeException notOurs) {
            throw Refusal.invalid("cursor", "must be the next_cursor of an earlier answer");
        }
    }

    static String cursor(Object key) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(key.toString().getBytes(UTF_8));
    }
}
