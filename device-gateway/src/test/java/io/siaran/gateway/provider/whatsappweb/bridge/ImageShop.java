package io.siaran.gateway.provider.whatsappweb.bridge;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Answers everything with a small image. */
final class ImageShop implements AutoCloseable {

    private static final byte[] PNG = png(1, 1);

    private final HttpServer server;

    ImageShop() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, PNG.length);
            exchange.getResponseBody().write(PNG);
            exchange.close();
        });
        server.start();
    }

    /** The head of one. */
    static byte[] png(int width, int height) {
        return ByteBuffer.allocate(33)
                .putLong(0x89504e470d0a1a0aL)
                .putInt(13)
                .putInt(0x49484452)
                .putInt(width)
                .putInt(height)
                .array();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/a.png";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
