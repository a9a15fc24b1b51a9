package io.siaran.bench.queue;

/** Reads a field of a flat JSON record without parsing it, as PostgreSQL ({@code "a" : 1}) or Jackson ({@code "a":1}) writes it. */
final class Field {

    private Field() {}

    static String text(String json, String name) {
        int from = json.indexOf('"', after(json, name)) + 1;
        return json.substring(from, json.indexOf('"', from));
    }

    static String number(String json, String name) {
        int from = after(json, name);
        while (json.charAt(from) == ' ' || json.charAt(from) == ':') {
            from++;
        }
        int to = from;
        while (Character.isDigit(json.charAt(to))) {
            to++;
        }
        return json.substring(from, to);
    }

    private static int after(String json, String name) {
        String quoted = '"' + name + '"';
        int at = json.indexOf(quoted);
        if (at < 0) {
            throw new IllegalArgumentException("no " + name + " in " + json);
        }
        return at + quoted.length();
    }
}
