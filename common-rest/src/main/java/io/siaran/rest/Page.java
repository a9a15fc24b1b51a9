package io.siaran.rest;

import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A part of a list: {@code {"items": […], "next_cursor": "…"}}.
 *
 * @param nextCursor gets the next part as {@code ?cursor=}; null after the last
 */
public record Page<T>(
        @Schema(description = "This part of the list, in its order.")
        List<T> items,

        @Schema(
                description = "Gets the next part as ?cursor=; null after the last.",
                example = "MDE5MzZmMmUtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMGMx",
                nullable = true)
        String nextCursor) {

    public Page {
        items = List.copyOf(items);
    }

    /**
     * The page of rows that were read with {@link PageRequest#rowsToRead()} as their limit.
     *
     * @param key what the next page begins after, the order of the list
     */
    public static <R, T> Page<T> of(List<R> rows, PageRequest request, Function<R, Object> key, Function<R, T> item) {
        boolean more = rows.size() > request.limit();
        return of(more ? rows.subList(0, request.limit()) : rows, more, key, item);
    }

    /**
     * The page of these rows.
     *
     * @param more whether others come after them; then there is one at least
     * @param key what the next page begins after, the order of the list
     */
    public static <R, T> Page<T> of(List<R> shown, boolean more, Function<R, Object> key, Function<R, T> item) {
        String next = more ? PageRequest.cursor(key.apply(shown.getLast())) : null;
        return new Page<>(shown.stream().map(item).toList(), next);
    }
}
