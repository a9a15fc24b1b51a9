package io.siaran.model.template;

import io.siaran.model.Limits;
import io.siaran.model.MessageType;
import java.util.List;
import java.util.Optional;

/**
 * What there is to say of a text when it is saved.
 *
 * @param refusal why it cannot be saved, for its author; empty when it can
 * @param warnings what the author should know of a text that can be saved
 */
public record TextCheck(Optional<String> refusal, List<String> warnings) {

    /** What Wablas takes at most, of a text and of a caption, in code points. */
    public static final int WABLAS_LONGEST = 1_024;

    public TextCheck {
        warnings = List.copyOf(warnings);
    }

    public static TextCheck of(String text, MessageType type) {
        try {
            return of(Template.parse(text), type == MessageType.IMAGE ? Limits.CAPTION : Limits.TEXT);
        } catch (InvalidTemplate invalid) {
            return refused(invalid.getMessage());
        }
    }

    private static TextCheck of(Template template, int limit) {
        String length = "is up to " + template.longest() + " characters long with the longest choices and values";
        if (template.longest() > limit) {
            return refused(length + "; at most " + limit + " are allowed");
        }
        if (template.mayBeBlank()) {
            return refused("would be empty with some choices and values");
        }
        return new TextCheck(
                Optional.empty(),
                template.longest() > WABLAS_LONGEST
                        ? List.of(length + "; Wablas takes at most " + WABLAS_LONGEST)
                        : List.of());
    }

    private static TextCheck refused(String reason) {
        return new TextCheck(Optional.of(reason), List.of());
    }
}
