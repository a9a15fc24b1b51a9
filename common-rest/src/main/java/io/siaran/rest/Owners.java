package io.siaran.rest;

import java.util.HashMap;
import java.util.Map;

/** How many requests each owner has in the works and in the line; only of those who have any. Not for several threads at once. */
final class Owners {

    private record Tally(int running, int waiting) {

        private static final Tally NONE = new Tally(0, 0);

        private Tally and(Tally more) {
            return new Tally(running + more.running, waiting + more.waiting);
        }
    }

    private final int atOnce;
    private final int longest;
    private final Map<Object, Tally> tallies = new HashMap<>();

    Owners(int atOnce, int longest) {
        this.atOnce = atOnce;
        this.longest = longest;
    }

    boolean mayBegin(Object owner) {
        return of(owner).running < atOnce;
    }

    boolean mayWait(Object owner) {
        return of(owner).waiting < longest;
    }

    void begins(Object owner) {
        add(owner, new Tally(1, 0));
    }

    void ends(Object owner) {
        add(owner, new Tally(-1, 0));
    }

    void waits(Object owner) {
        add(owner, new Tally(0, 1));
    }

    /** The line: it begins, or its caller is gone. */
    void leaves(Object owner) {
        add(owner, new Tally(0, -1));
    }

    private Tally of(Object owner) {
        return tallies.getOrDefault(owner, Tally.NONE);
    }

    private void add(Object owner, Tally more) {
        Tally now = of(owner).and(more);
        if (now.equals(Tally.NONE)) {
            tallies.remove(owner);
        } else {
            tallies.put(owner, now);
        }
    }
}
