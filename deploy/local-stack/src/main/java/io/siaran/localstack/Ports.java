package io.siaran.localstack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.random.RandomGenerator;

/** Ports of the loopback address. */
public final class Ports {

    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;

    private Ports() {}

    /**
     * That many different ports that were free a moment ago. They lie below those that the system gives to connections, so that
     * no connection of another process takes one before its server does.
     */
    public static List<Integer> free(int count) {
        return RandomGenerator.getDefault()
                .ints(FIRST, LAST)
                .distinct()
                .filter(port -> !inUse(port))
                .limit(count)
                .boxed()
                .toList();
    }

    /** Whether something listens on the port, or holds it. */
    public static boolean inUse(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // A port whose last connections linger in TIME_WAIT is free for a server: ask as servers do.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
