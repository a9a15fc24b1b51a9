package io.siaran.rest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.siaran.localstack.TestServers;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Asks for a file, reads that it comes, and then reads no more. */
final class SlowReader implements AutoCloseable {

    private final Socket socket = new Socket();

    SlowReader(int port, String user, String path) {
        try {
            socket.setReceiveBufferSize(4_096);
            socket.setSoTimeout(20_000);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                                    + TestServers.token(user, "viewer") + "\r\n\r\n")
                            .getBytes(US_ASCII));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** The status and the headers. */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append(new String(socket.getInputStream().readNBytes(1), US_ASCII));
        }
        return head.toString();
    }

    /** All that still comes; ends where the connection does. */
    long rest() throws IOException {
        return socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    /** Goes without a word. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
