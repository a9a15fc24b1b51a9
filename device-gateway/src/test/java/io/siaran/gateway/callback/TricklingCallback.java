package io.siaran.gateway.callback;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;

/** A callback whose body comes byte by byte, one a second, and never ends. */
final class TricklingCallback implements AutoCloseable {

    private static final int SHORT = 50_000;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Socket socket;
    private volatile String answer = "";

    private TricklingCallback(Socket socket) {
        this.socket = socket;
    }

    static TricklingCallback to(int port, String path) throws IOException {
        return to(port, path, SHORT);
    }

    /** @param announced its length, which it never reaches */
    static TricklingCallback to(int port, String path, int announced) throws IOException {
        TricklingCallback callback = new TricklingCallback(new Socket(InetAddress.getLoopbackAddress(), port));
        callback.send("POST " + path + " HTTP/1.1\r\nHost: siaran.example.com\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + announced + "\r\n\r\n{");
        Thread.startVirtualThread(callback::trickle);
        Thread.startVirtualThread(callback::listen);
        return callback;
    }

    /** All that was answered until the connection was closed; empty before. */
    String answer() {
        return answer;
    }

    private void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
        socket.getOutputStream().flush();
    }

    private void trickle() {
        try {
            while (!socket.isClosed()) {
                send(" ");
                Thread.sleep(PAUSE);
            }
        } catch (IOException | InterruptedException cutOff) {
            // As it should be.
        }
    }

    private void listen() {
        try (InputStream in = socket.getInputStream()) {
            answer = new String(in.readAllBytes(), US_ASCII);
        } catch (IOException cutOff) {
            // By us, at the end.
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
