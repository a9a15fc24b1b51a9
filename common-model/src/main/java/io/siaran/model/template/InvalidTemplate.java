package io.siaran.model.template;

/** A text that cannot be read as a template; the message says where and what to write instead, and never repeats the text. */
public final class InvalidTemplate extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;
    private final int index;

    private InvalidTemplate(int line, int column, int index, String expected) {
        super("line " + line + ", column " + column + ": " + expected);
        this.line = line;
        this.column = column;
        this.index = index;
    }

    /** @param at where, in UTF-16 units */
    static InvalidTemplate at(String text, int at, String expected) {
        String before = text.substring(0, at);
        int lineStart = before.lastIndexOf('\n') + 1;
        return new InvalidTemplate(
                1 + (int) before.chars().filter(unit -> unit == '\n').count(),
                1 + before.codePointCount(lineStart, at),
                before.codePointCount(0, at),
                expected);
    }

    /** From 1. */
    public int line() {
        return line;
    }

    /** From 1, in code points, so that an emoji of one code point counts once. */
    public int column() {
        return column;
    }

    /** From 0, in code points from the beginning of the text. */
    public int index() {
        return index;
    }
}
