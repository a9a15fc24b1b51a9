package io.siaran.campaign.lead;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A comma-separated list as tags: trimmed, case folded, each once, in the order written. A tag is matched whole. */
public record Tags(Set<String> values) {

    private static final String COMMA = ",";

    public Tags {
        values = Collections.unmodifiableSet(new LinkedHashSet<>(values));
    }

    public static Tags of(String list) {
        return new Tags(Arrays.stream(list.split(COMMA))
                .map(Tags::fold)
                .filter(tag -> !tag.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    /** One tag as it is compared. */
    public static String fold(String tag) {
        return tag.strip().toLowerCase(Locale.ROOT);
    }

    boolean contains(String tag) {
        return values.contains(fold(tag));
    }

    /** As one text, for columns that take many lists at once: no tag has a comma in it. */
    String joined() {
        return String.join(COMMA, values);
    }

    /** The list as written, without one of its tags. */
    static String without(String list, String tag) {
        return Arrays.stream(list.split(COMMA))
                .map(String::strip)
                .filter(written -> !written.isEmpty() && !fold(written).equals(fold(tag)))
                .collect(Collectors.joining(COMMA));
    }

    /** The list as written, with one tag more at its end. */
    static String with(String list, String tag) {
        return list.isBlank() ? tag : list + COMMA + tag;
    }
}
