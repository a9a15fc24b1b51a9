package io.siaran.bench.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How large a run is.
 *
 * @param messages that are taken in, and that wait in the deep queue
 * @param burst messages that are released and settled at a time
 * @param big messages of the big device
 * @param seconds that each side of a steady comparison takes
 * @param rounds of small devices beside the big one
 * @param runs each side is measured so often, and its median counts
 * @param only parts to run
 */
record Options(int messages, int burst, int big, int seconds, int rounds, int runs, Set<String> only) {

    private static final Set<String> PARTS = Set.of("intake", "release", "depth", "big");

    static Options parse(List<String> arguments) {
        List<String> rest = new ArrayList<>(arguments);
        boolean quick = rest.remove("--quick");
        int messages = number(rest, "--messages", quick ? 100_000 : 1_000_000);
        Set<String> only = parts(rest);
        if (!rest.isEmpty()) {
            throw new IllegalArgumentException(
                    "unknown: %s; there are --messages N, --only %s, --quick".formatted(rest, String.join(",", PARTS)));
        }
        return quick
                ? new Options(messages, 30_000, 50_000, 6, 2, 3, only)
                : new Options(messages, 100_000, 500_000, 15, 4, 3, only);
    }

    boolean has(String part) {
        return only.contains(part);
    }

    private static int number(List<String> arguments, String name, int otherwise) {
        String value = value(arguments, name);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    private static Set<String> parts(List<String> arguments) {
        String value = value(arguments, "--only");
        Set<String> parts = new TreeSet<>(value == null ? PARTS : List.of(value.split(",")));
        if (!PARTS.containsAll(parts)) {
            throw new IllegalArgumentException("--only takes " + String.join(",", PARTS));
        }
        return parts;
    }

    private static String value(List<String> arguments, String name) {
        int at = arguments.indexOf(name);
        if (at < 0) {
            return null;
        }
        arguments.remove(at);
        return arguments.remove(at);
    }
}
