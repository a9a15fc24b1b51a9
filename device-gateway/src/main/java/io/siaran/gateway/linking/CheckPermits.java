package io.siaran.gateway.linking;

import java.util.HashMap;
import java.util.Map;

/** How many checks may be under way: in all, and of one server. Nobody waits for a permit. */
final class CheckPermits {

    private final int mostOnOneServer;
    private final Map<String, Integer> underWay = new HashMap<>();
    private int free;

    CheckPermits(int most, int mostOnOneServer) {
        this.free = most;
        this.mostOnOneServer = mostOnOneServer;
    }

    synchronized int free() {
        return free;
    }

    synchronized boolean tryAcquire(String server) {
        int now = underWay.getOrDefault(server, 0);
        if (free == 0 || now >= mostOnOneServer) {
            return false;
        }
        free--;
        underWay.put(server, now + 1);
        return true;
    }

    synchronized void release(String server) {
        free++;
        underWay.computeIfPresent(server, (_, now) -> now == 1 ? null : now - 1);
    }
}
