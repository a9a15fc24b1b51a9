package io.siaran.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** An enum whose constants are written in lower case, in JSON and in the database alike. */
public interface WireEnum {

    String name();

    /** The constant as it stands in JSON and in columns, e.g. {@code sent_in_earlier_run}. */
    @JsonValue
    default String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The constant that is written so; throws {@link IllegalArgumentException} when there is none. */
    static <E extends Enum<E> & WireEnum> E read(Class<E> type, String wire) {
        return Enum.valueOf(type, wire.toUpperCase(Locale.ROOT));
    }
}
