package io.siaran.gateway.provider;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How many calls may be under way at one server: a slow one fills its own permits and nobody else's. Nobody waits for a
 * permit, since what waits after its turn has begun would be sent late. Of a server that is not called nothing is kept.
 */
final class HostPermits {

    private final int most;
    private final Map<String, Integer> underWay = new HashMap<>();

    HostPermits(int most) {
        this.most = most;
    }

    /** Runs the call, or answers {@code full} where that server has as many as it may. */
    <T> T run(String server, Supplier<T> call, Supplier<T> full) {
        String host = host(server);
        if (!take(host)) {
            return full.get();
        }
        try {
            return call.get();
        } finally {
            giveBack(host);
        }
    }

    /** How many servers are called now. */
    synchronized int hosts() {
        return underWay.size();
    }

    private synchronized boolean take(String host) {
        int now = underWay.getOrDefault(host, 0);
        if (now >= most) {
            return false;
        }
        underWay.put(host, now + 1);
        return true;
    }

    private synchronized void giveBack(String host) {
        underWay.computeIfPresent(host, (_, now) -> now == 1 ? null : now - 1);
    }

    private static String host(String server) {
        try {
            return URI.create(server).getAuthority();
        } catch (IllegalArgumentException noUrl) {
            return server;
        }
    }
}
