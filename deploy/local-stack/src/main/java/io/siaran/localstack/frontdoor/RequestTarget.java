package io.siaran.localstack.frontdoor;

import java.util.regex.Pattern;

/**
 * What a request asks for, as it stands in the request line. Only a plain path is let in: whatever two readers could take for
 * two different paths is refused before anything is routed by it.
 *
 * @param query what follows the question mark, null without one
 */
record RequestTarget(String path, String query) {

    /** What is wrong with a target, and in which part of it. */
    static final class Unreadable extends Exception {

        private final String part;

        private Unreadable(String part, String message) {
            super(message, null, false, false);
            this.part = part;
        }

        String part() {
            return part;
        }
    }

    private static final Pattern ABSOLUTE = Pattern.compile("^(?i)https?://[^/?#]*(?=[/?#]|$)");
    private static final Pattern LOOSE_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final Pattern HIDDEN = Pattern.compile("%(?:2[Ff]|5[Cc]|[01][0-9A-Fa-f]|7[Ff])");
    private static final Pattern DOT_SEGMENT = Pattern.compile("/(?:\\.|%2[Ee]){1,2}(?=/|$)");

    static RequestTarget read(String line) throws Unreadable {
        String target = ABSOLUTE.matcher(line).replaceFirst("");
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? null : target.substring(mark + 1);
        checkPath(path);
        if (query != null) {
            requireVisible("query", query);
            requireWholePercent("query", query);
        }
        return new RequestTarget(path, query);
    }

    private static void checkPath(String path) throws Unreadable {
        require(path.startsWith("/"), "must begin with a slash");
        requireVisible("path", path);
        require(path.indexOf('\\') < 0, "must not contain a backslash");
        require(path.indexOf(';') < 0, "must not contain parameters, which begin with a semicolon");
        require(!path.contains("//"), "must not contain an empty segment (two slashes in a row)");
        requireWholePercent("path", path);
        require(!HIDDEN.matcher(path).find(), "must not contain an encoded slash, backslash or control character");
        require(!DOT_SEGMENT.matcher(path).find(), "must not contain the segments . and ..");
    }

    private static void requireVisible(String part, String text) throws Unreadable {
        boolean visible = text.chars().allMatch(each -> each > ' ' && each <= '~' && each != '#');
        if (!visible) {
            throw new Unreadable(part, "must be written in visible ASCII; everything else as % and two digits a byte");
        }
    }

    private static void requireWholePercent(String part, String text) throws Unreadable {
        if (LOOSE_PERCENT.matcher(text).find()) {
            throw new Unreadable(part, "must have two hexadecimal digits after each %");
        }
    }

    private static void require(boolean holds, String message) throws Unreadable {
        if (!holds) {
            throw new Unreadable("path", message);
        }
    }

    /** As the service gets it. */
    String uri() {
        return query == null ? path : path + "?" + query;
    }
}
