package io.siaran.sequence.authoring;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A part of a list.
 *
 * @param more whether others come after it
 */
record Listed<T>(List<T> shown, boolean more) {

    /** The first of these: so many at most, that have no more bytes together than that, or one. */
    static Listed<UUID> of(List<UUID> ids, Map<UUID, Long> sizes, int most, long mostBytes) {
        int shown = 0;
        long bytes = 0;
        while (shown < Math.min(most, ids.size())) {
            bytes += sizes.getOrDefault(ids.get(shown), 0L);
            if (bytes > mostBytes && shown > 0) {
                break;
            }
            shown++;
        }
        return new Listed<>(ids.subList(0, shown), shown < ids.size());
    }
}
