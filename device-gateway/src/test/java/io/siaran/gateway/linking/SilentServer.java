package io.siaran.gateway.linking;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes every connection, at many addresses of this machine, and says nothing. */
final class SilentServer implements AutoCloseable {

    private static final int LINE = 1_000;
    private static final int SHORT = 5;

    private final ServerSocket server;
    private final Map<InetAddress, List<Socket>> open = new HashMap<>();
    private int asked;
    private int mostAtOnce;

    private SilentServer(ServerSocket server) {
        this.server = server;
    }

    static SilentServer start() throws IOException {
        SilentServer silent = new SilentServer(new ServerSocket(0, LINE));
        Thread.startVirtualThread(silent::take);
        return silent;
    }

    /** Each has an address of its own. */
    String url(int nth) {
        return "http://127.0.1." + (nth + 1) + ":" + server.getLocalPort();
    }

    /** How many connections there were. */
    synchronized int asked() {
        return asked;
    }

    /** How many were open at once at any of the addresses. */
    synchronized int mostAtOnce() {
        return mostAtOnce;
    }

    private void take() {
        try {
            while (!server.isClosed()) {
                note(server.accept());
            }
        } catch (IOException closed) {
            // At the end.
        }
    }

    private synchronized void note(Socket socket) {
        List<Socket> others = open.computeIfAbsent(socket.getLocalAddress(), _ -> new ArrayList<>());
        others.removeIf(SilentServer::isOver);
        others.add(socket);
        asked++;
        mostAtOnce = Math.max(mostAtOnce, others.size());
    }

    /** Whoever asked has gone: after the question there is the end. */
    private static boolean isOver(Socket socket) {
        try {
            socket.setSoTimeout(SHORT);
            while (socket.getInputStream().read() >= 0) {
                // The question.
            }
            return true;
        } catch (SocketTimeoutException stillThere) {
            return false;
        } catch (IOException cutOff) {
            return true;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        server.close();
        for (List<Socket> sockets : open.values()) {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }
}
