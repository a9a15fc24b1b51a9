package io.siaran.gateway.provider;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * How many calls may be under way at one server: a slow one fills its own permits and nobody else's. Nobody waits for a
 * permit, since what waits after its turn has begun would be sent late.
 */
final class HostPermits {

    private final int most;
    private final Map<String, Semaphore> hosts = new ConcurrentHashMap<>();

    HostPermits(int most) {
        this.most = most;
    }

    /** Runs the call, or answers {@code full} where that server has as many as it may. */
    <T> T run(String server, Supplier<T> call, Supplier<T> full) {
        Semaphore free = hosts.computeIfAbsent(host(server), _ -> new Semaphore(most));
        if (!free.tryAcquire()) {
            return full.get();
        }
        try {
            return call.get();
        } finally {
            free.release();
        }
    }

    private static String host(String server) {
        try {
            return URI.create(server).getAuthority();
        } catch (IllegalArgumentException noUrl) {
            return server;
        }
    }
}
