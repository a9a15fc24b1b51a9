package io.siaran.sequence.lead;

import java.util.Arrays;
import java.util.Locale;

/** The tags of a comma-separated list, as they are compared: stripped, in lower case, each once. */
final class Tags {

    private Tags() {}

    static String[] of(String list) {
        return list == null
                ? new String[0]
                : Arrays.stream(list.split(","))
                        .map(Tags::fold)
                        .filter(tag -> !tag.isEmpty())
                        .distinct()
                        .toArray(String[]::new);
    }

    static String fold(String tag) {
        return tag.strip().toLowerCase(Locale.ROOT);
    }
}
