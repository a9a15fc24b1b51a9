package io.siaran.model.template;

import io.siaran.model.Text;
import java.util.ArrayList;
import java.util.List;

/** Reads one text, from left to right; no character is looked at more than a few times. Used once. */
final class TemplateParser {

    private static final int DEEPEST = 10;
    private static final String ESCAPED = "{}|\\";
    private static final String KNOWN = "{{name}}, {{first_name}}, {{phone}}, {{niche}} and {{attributes.…}}";

    private final String text;
    private int at;
    private int depth;

    TemplateParser(String text) {
        this.text = text;
    }

    Part.Sequence parse() {
        if (Text.length(text) > Template.LONGEST_SOURCE) {
            throw invalid(0, "a text has at most " + Template.LONGEST_SOURCE + " characters");
        }
        return sequence();
    }

    /** Up to the end of the text, or of the alternative. */
    private Part.Sequence sequence() {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        while (at < text.length() && !endsAlternative(text.charAt(at))) {
            switch (text.charAt(at)) {
                case '{' -> {
                    flush(literal, parts);
                    parts.add(braces());
                }
                case '}' -> throw invalid(at, "this } closes nothing; write \\} for a brace itself");
                default -> literal.append(character());
            }
        }
        flush(literal, parts);
        return new Part.Sequence(parts);
    }

    private boolean endsAlternative(char unit) {
        return depth > 0 && (unit == '|' || unit == '}');
    }

    private static void flush(StringBuilder literal, List<Part> parts) {
        if (!literal.isEmpty()) {
            parts.add(new Part.Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    /** One character of plain text, escaped or not. */
    private char character() {
        if (text.charAt(at) == '\\' && at + 1 < text.length() && ESCAPED.indexOf(text.charAt(at + 1)) >= 0) {
            at++;
        }
        return text.charAt(at++);
    }

    private Part braces() {
        int end = text.startsWith("{{", at) ? endOfVariable() : -1;
        return end < 0 ? choice() : variable(end);
    }

    /** Where the two braces are that close a variable; -1 when another brace comes first: then it is a choice in a choice. */
    private int endOfVariable() {
        int end = at + 2;
        while (end < text.length() && text.charAt(end) != '{' && text.charAt(end) != '}') {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        return text.startsWith("}}", end) ? end : -1;
    }

    private Part variable(int end) {
        int open = at;
        int bar = text.indexOf('|', open, end);
        boolean hasFallback = bar >= 0;
        Variable variable = Variable.named(text.substring(open + 2, hasFallback ? bar : end))
                .orElseThrow(() -> invalid(
                        open,
                        "there is no such variable, there are " + KNOWN
                                + "; a choice has one brace on each side, {one|other}"));
        String fallback = hasFallback ? fallback(bar + 1, end) : variable.otherwise();
        at = end + 2;
        return new Part.Value(variable, fallback);
    }

    private String fallback(int from, int end) {
        StringBuilder fallback = new StringBuilder();
        at = from;
        while (at < end) {
            if (text.charAt(at) == '|') {
                throw invalid(at, "a variable has one fallback; write \\| for the bar itself");
            }
            fallback.append(character());
        }
        return fallback.toString();
    }

    private Part choice() {
        int open = at;
        if (++depth > DEEPEST) {
            throw invalid(open, "choices are nested at most " + DEEPEST + " deep");
        }
        List<Part.Sequence> alternatives = new ArrayList<>();
        do {
            at++;
            alternatives.add(sequence());
            if (at == text.length()) {
                throw invalid(open, "this { is never closed by }; write \\{ for a brace itself");
            }
        } while (text.charAt(at) == '|');
        at++;
        depth--;
        if (alternatives.size() == 1) {
            throw invalid(
                    open,
                    "braces hold a choice, {one|other}, or a variable, {{name}}; write \\{ and \\} for"
                            + " braces themselves");
        }
        return new Part.Choice(alternatives);
    }

    private InvalidTemplate invalid(int where, String expected) {
        return InvalidTemplate.at(text, where, expected);
    }
}
