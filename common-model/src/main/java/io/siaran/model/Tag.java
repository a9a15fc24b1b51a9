package io.siaran.model;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * One niche or one trigger. Two tags are the same when their folded forms are equal: no matter the case, how accents are
 * composed, and characters that nobody sees.
 *
 * @param text as written, but NFC, without unseen characters, every gap one space; neither empty nor with a comma in it
 */
public record Tag(String text) {

    /** For {@code @Pattern} of a field that takes one tag, or none. */
    public static final String ONE = "[^,]{0," + Limits.TAG + "}";

    /** What a field that {@link #ONE} refuses is told. */
    public static final String EXPECTED = "must be one tag of at most " + Limits.TAG + " characters, without a comma";

    private static final char COMMA = ',';

    public Tag {
        text = tidy(text);
        if (text.isEmpty() || text.indexOf(COMMA) >= 0) {
            throw new IllegalArgumentException("a tag shows something and has no comma in it");
        }
    }

    /** Empty when {@code raw} is null or shows nothing. */
    public static Optional<Tag> of(String raw) {
        return Text.isSeen(raw) ? Optional.of(new Tag(raw)) : Optional.empty();
    }

    /** What tags are compared and stored by. Folding twice changes nothing. */
    public String folded() {
        return Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    /** The folded form; empty when {@code raw} is null or shows nothing. A comma is not looked for. */
    public static String fold(String raw) {
        return raw == null ? "" : Normalizer.normalize(tidy(raw).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    /** The folded form; null when {@code raw} is null or shows nothing. */
    public static String foldOrNull(String raw) {
        String folded = fold(raw);
        return folded.isEmpty() ? null : folded;
    }

    @Override
    public String toString() {
        return text;
    }

    private static String tidy(String raw) {
        return Normalizer.normalize(Text.tidy(raw, Text::isUnseen), Normalizer.Form.NFC);
    }
}
