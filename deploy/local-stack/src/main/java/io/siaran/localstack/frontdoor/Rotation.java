package io.siaran.localstack.frontdoor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Whose turn it is among the processes of a service: a request begins with the one after the last request's, and goes on to the
 * others while they refuse the connection. Used by one event loop only.
 */
final class Rotation {

    private final Map<String, Integer> turns = new HashMap<>();

    /** The ports to try, in this order. */
    Iterator<Integer> of(Upstream upstream) {
        int turn = turns.merge(
                upstream.name(),
                1,
                (before, one) -> (before + one) % upstream.ports().size());
        List<Integer> ports = new ArrayList<>(upstream.ports());
        Collections.rotate(ports, -turn);
        return ports.iterator();
    }
}
