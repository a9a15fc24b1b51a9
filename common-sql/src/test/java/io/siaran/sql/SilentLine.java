package io.siaran.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A line to a server that can fall silent: what is written then goes nowhere, and no connection is closed. */
final class SilentLine implements AutoCloseable {

    private final ServerSocket door;
    private final int server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean silent;

    private SilentLine(ServerSocket door, int server) {
        this.door = door;
        this.server = server;
    }

    static SilentLine to(int server) {
        try {
            SilentLine line = new SilentLine(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server);
            Thread.startVirtualThread(line::accept);
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return door.getLocalPort();
    }

    void fallSilent() {
        silent = true;
    }

    /** For connections that are made from now on, and those that survived. */
    void speakAgain() {
        silent = false;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server);
                sockets.add(client);
                sockets.add(upstream);
                Thread.startVirtualThread(() -> pass(client, upstream));
                Thread.startVirtualThread(() -> pass(upstream, client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] bytes = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                if (!silent) {
                    to.getOutputStream().write(bytes, 0, n);
                }
            }
        } catch (IOException closed) {
            // By one of both sides, or by the end of the test.
        }
    }

    @Override
    public void close() {
        try {
            door.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
