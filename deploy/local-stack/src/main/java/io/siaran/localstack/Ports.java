package io.siaran.localstack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.random.RandomGenerator;

/** Ports of the loopback address. */
public final class Ports {

    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;

    /** One byte of it for each port, locked by the process that was given the port, for as long as that process lives. */
    private static final Path CLAIMS =
            Path.of(System.getProperty("java.io.tmpdir"), "siaran-ports-" + System.getProperty("user.name"));

    /** Stays open: closing it would give all claims of this process back. */
    private static final FileChannel CLAIMED = open();

    private Ports() {}

    /**
     * That many different ports that are free, and that no other process is given by this method while this one lives: two
     * builds, or two modules of one, can start servers at once. They lie below those that the system gives to connections, so
     * that no connection of another process takes one before its server does.
     */
    public static List<Integer> free(int count) {
        return RandomGenerator.getDefault()
                .ints(FIRST, LAST)
                .distinct()
                .filter(port -> claim(port) && !inUse(port))
                .limit(count)
                .boxed()
                .toList();
    }

    private static boolean claim(int port) {
        try {
            return CLAIMED == null || CLAIMED.tryLock(port, 1, false) != null;
        } catch (OverlappingFileLockException ours) {
            return false;
        } catch (IOException noLocks) {
            return true;
        }
    }

    /** Null where no such file can be made: then ports are as free as they look. */
    private static FileChannel open() {
        try {
            return FileChannel.open(CLAIMS, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException noFile) {
            return null;
        }
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
