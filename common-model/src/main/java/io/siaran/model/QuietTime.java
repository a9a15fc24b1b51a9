package io.siaran.model;

import java.util.List;
import java.util.Objects;

/**
 * Hours at which a device sends nothing, by its own time zone, as the gateway writes them.
 *
 * @param days on which they begin, in lower case; every day where there is none
 * @param from as HH:MM, inclusive
 * @param until as HH:MM, exclusive; not after {@code from} means on the next day
 */
public record QuietTime(List<String> days, String from, String until) {

    public QuietTime {
        days = days == null ? List.of() : List.copyOf(days);
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(until, "until");
    }
}
