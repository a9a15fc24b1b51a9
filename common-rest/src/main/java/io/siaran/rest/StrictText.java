package io.siaran.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;

/**
 * Reads a text, and refuses what cannot be stored or would be something else where it arrives: U+0000, half a surrogate
 * pair, control characters. Line breaks and tabs are allowed where {@link MultiLine} says so.
 */
final class StrictText extends StdScalarDeserializer<String> implements ContextualDeserializer {

    private static final long serialVersionUID = 1L;

    private static final int AFTER_CONTROLS = 0xA0;

    private final boolean multiLine;

    StrictText() {
        this(false);
    }

    private StrictText(boolean multiLine) {
        super(String.class);
        this.multiLine = multiLine;
    }

    @Override
    public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty property) {
        return property != null && property.getAnnotation(MultiLine.class) != null ? new StrictText(true) : this;
    }

    @Override
    public String deserialize(JsonParser json, DeserializationContext context) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            return BodyViolations.refuse(json, context, String.class, "must be a text", ViolationCode.WRONG_TYPE);
        }
        String text = json.getText();
        String objection = objection(text, multiLine);
        return objection == null
                ? text
                : BodyViolations.refuse(json, context, String.class, objection, ViolationCode.NOT_STORABLE);
    }

    /** Why the text is refused, or null. */
    static String objection(String text, boolean multiLine) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < AFTER_CONTROLS && Character.isISOControl(c) && !(multiLine && isBreak(c))) {
                return multiLine
                        ? "must be a text without control characters other than line breaks and tabs"
                        : "must be a text without control characters and line breaks";
            }
            if (Character.isSurrogate(c)) {
                if (!isPair(text, i)) {
                    return "must be a text without half a surrogate pair";
                }
                i++;
            }
        }
        return null;
    }

    private static boolean isBreak(char c) {
        return c == '\n' || c == '\r' || c == '\t';
    }

    private static boolean isPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }
}
