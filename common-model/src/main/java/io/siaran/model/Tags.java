package io.siaran.model;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The niches, or the triggers, that a lead carries: a comma-separated list, each tag once, in the order written. A tag is
 * matched whole, never inside another.
 *
 * @param list no two of them fold to the same
 */
public record Tags(List<Tag> list) {

    public static final Tags NONE = new Tags(List.of());

    private static final String COMMA = ",";

    public Tags {
        Map<String, Tag> once = new LinkedHashMap<>();
        list.forEach(tag -> once.putIfAbsent(tag.folded(), tag));
        list = List.copyOf(once.values());
    }

    /** Reads any list, also one that may not be saved; null is none. Of two that are the same the first stays as written. */
    public static Tags of(String list) {
        return list == null ? NONE : of(Arrays.asList(list.split(COMMA)));
    }

    private static Tags of(Collection<String> written) {
        return new Tags(written.stream().map(Tag::of).flatMap(Optional::stream).toList());
    }

    /** Why this list may not be saved; empty when it may. */
    public static Optional<String> refusal(String list) {
        if (Text.length(list) > Limits.TAG_LIST) {
            return Optional.of("must have at most " + Limits.TAG_LIST + " characters");
        }
        Tags tags = of(list);
        if (tags.list.size() > Limits.TAGS) {
            return Optional.of("must have at most " + Limits.TAGS + " tags");
        }
        return tags.list.stream().allMatch(tag -> Text.length(tag.text()) <= Limits.TAG)
                ? Optional.empty()
                : Optional.of("must have tags of at most " + Limits.TAG + " characters, separated by commas");
    }

    public boolean contains(String tag) {
        return folded().contains(Tag.fold(tag));
    }

    /** The forms to compare, in the order written. */
    public SequencedSet<String> folded() {
        return list.stream().map(Tag::folded).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The forms to compare as one text, for columns that take many lists at once: no tag has a comma in it. */
    public String joined() {
        return String.join(COMMA, folded());
    }

    /** The list as text, as written but for what {@link Tag#text} tidies. */
    public String text() {
        return list.stream().map(Tag::text).collect(Collectors.joining(COMMA));
    }

    /** With one more at its end, if it is not there. */
    public Tags with(String tag) {
        return new Tags(Stream.concat(list.stream(), Tag.of(tag).stream()).toList());
    }

    public Tags without(String tag) {
        String gone = Tag.fold(tag);
        return new Tags(
                list.stream().filter(each -> !each.folded().equals(gone)).toList());
    }
}
