package io.siaran.model.template;

import io.siaran.model.Limits;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * A text with variables and choices, read once.
 *
 * <ul>
 *   <li>{@code {{name}}}, {@code {{name|friend}}}: a {@link Variable}, and what stands there when the reader has none;
 *   <li>{@code {{attributes.plan}}}, {@code {{attributes.plan|basic}}}: what the tenant keeps of the reader;
 *   <li>{@code {Hi|Hello|{Good day|Greetings} to you}}: one of the alternatives, nested as one likes, an empty one allowed;
 *   <li>{@code \{ \} \| \\}: the character itself; a backslash before any other is one.
 * </ul>
 *
 * Outside of braces {@code |} is itself. Immutable.
 */
public final class Template {

    /** Variants are counted up to here, a number that every reader of JSON reads exactly. */
    public static final long COUNTLESS = 1_000_000_000_000_000L;

    /** The longest text that is read, in code points. */
    public static final int LONGEST_SOURCE = Limits.TEXT;

    private final Part.Sequence parts;
    private final int longest;
    private final long variants;

    private Template(Part.Sequence parts) {
        this.parts = parts;
        this.longest = parts.longest(value -> value.lengthWithin(Integer.MAX_VALUE));
        this.variants = parts.variants();
    }

    /** Throws {@link InvalidTemplate}, which says where. Takes time linear in the length of the text. */
    public static Template parse(String text) {
        return new Template(new TemplateParser(text).parse());
    }

    /** A text without variables and choices: braces in it are braces. */
    public static Template literal(String text) {
        Objects.requireNonNull(text, "text");
        return new Template(new Part.Sequence(List.of(new Part.Literal(text))));
    }

    /** The same values and the same numbers drawn give the same text. */
    public Rendered render(Variables variables, RandomGenerator random) {
        Rendering rendering = new Rendering(variables, random, longest);
        parts.write(rendering);
        return rendering.done();
    }

    /** Of the longest text that it can make, with the longest values, in code points. */
    public int longest() {
        return longest;
    }

    /** Of the longest text that its choices can make for this reader, in code points; before a greeting. */
    public int longestFor(Variables reader) {
        return parts.longest(value -> value.lengthFor(reader));
    }

    /**
     * As {@link #longestFor}, at most, for readers whose names and attributes have no more code points than that.
     *
     * @param reader of whom the rest is known: the phone and the niche
     */
    public int longestWithin(int ofName, int ofAttributes, Variables reader) {
        return parts.longest(value -> switch (value.variable()) {
            case Variable.Attribute _ -> value.lengthWithin(ofAttributes);
            case Variable.Known known ->
                switch (known) {
                    case NAME, FIRST_NAME -> value.lengthWithin(ofName);
                    case PHONE, NICHE -> value.lengthFor(reader);
                };
        });
    }

    /** As {@link #longestFor}, at least, whoever reads it. */
    public int longestAtLeast() {
        return parts.longest(Part.Value::leastLength);
    }

    /** How many different texts its choices can make for one reader, at most; {@link #COUNTLESS}: that many or more. */
    public long variants() {
        return variants;
    }

    /** Whether one of its texts, for some reader, has nothing to read. */
    public boolean mayBeBlank() {
        return parts.mayBeBlank();
    }
}
