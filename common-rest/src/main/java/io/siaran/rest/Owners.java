package io.siaran.rest;

import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;

/**
 * How many places each owner of one kind has in the works, and how many requests in the line; only of those who have any. Not for several threads at
 * once.
 */
final class Owners {

    private record Tally(int running, int waiting) {

        private static final Tally NONE = new Tally(0, 0);

        private Tally and(Tally more) {
            return new Tally(running + more.running, waiting + more.waiting);
        }
    }

    private final WaitingLine.Share share;
    private final Map<Object, Tally> tallies = new HashMap<>();

    Owners(WaitingLine.Share share) {
        this.share = share;
    }

    /** Who a request counts for, from its beginning to its end, whoever it would count for by then. */
    Owner of(RoutingContext exchange) {
        return new Owner(share.owner().apply(exchange));
    }

    final class Owner {

        private final Object key;

        private Owner(Object key) {
            this.key = key;
        }

        /** What takes more than the share begins where nothing else of its owner is in the works. */
        boolean mayBegin(int places) {
            int running = tally().running;
            return running == 0 || running + places <= share.atOnce();
        }

        boolean mayWait() {
            return tally().waiting < share.longest();
        }

        void begins(int places) {
            add(new Tally(places, 0));
        }

        void ends(int places) {
            add(new Tally(-places, 0));
        }

        void waits() {
            add(new Tally(0, 1));
        }

        /** The line: it begins, or its caller is gone. */
        void leaves() {
            add(new Tally(0, -1));
        }

        private Tally tally() {
            return tallies.getOrDefault(key, Tally.NONE);
        }

        private void add(Tally more) {
            Tally now = tally().and(more);
            if (now.equals(Tally.NONE)) {
                tallies.remove(key);
            } else {
                tallies.put(key, now);
            }
        }
    }
}
