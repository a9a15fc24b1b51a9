package io.siaran.rest;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Sends each part at once (the stream of an answer keeps what it is given, so that a list is sent whole), and closes the connection of
 * a caller who does not take it in time: the thread that writes is then free.
 */
final class TakenInTime extends FilterOutputStream {

    private static final long CANCEL = 8;

    private final RoutingContext exchange;
    private final ReaderTime time;

    TakenInTime(OutputStream answer, RoutingContext exchange, ReaderTime time) {
        super(answer);
        this.exchange = exchange;
        this.time = time;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        long left = Math.max(1, time.left().toMillis());
        long timer = exchange.vertx().setTimer(left, _ -> leave());
        long began = System.nanoTime();
        try {
            out.write(bytes, offset, length);
            out.flush();
            awaitEventLoop();
        } finally {
            exchange.vertx().cancelTimer(timer);
        }
        time.took(length, System.nanoTime() - began);
    }

    /**
     * Only an event loop that has taken the part knows whether the next one has to wait: while it is busy otherwise, a whole file could be
     * handed to it, and its place given back long before it is sent.
     */
    private void awaitEventLoop() {
        if (exchange.request().connection() instanceof ConnectionBase channel) {
            var _ = channel.channel().eventLoop().submit(() -> {}).awaitUninterruptibly();
        }
    }

    /** Whether the answer has ended is not known to who wrote the last part. */
    @Override
    public void close() throws IOException {
        flush();
    }

    /**
     * Of HTTP/2 the other requests of the connection may be somebody else's. Of HTTP/1.1 the channel is closed below all handlers: whoever
     * closes the connection by them waits until what was written is flushed, to one who does not read.
     */
    private void leave() {
        HttpConnection connection = exchange.request().connection();
        if (exchange.request().version() == HttpVersion.HTTP_2) {
            exchange.response().reset(CANCEL);
        } else if (connection instanceof ConnectionBase channel) {
            var _ = channel.channel().pipeline().firstContext().close();
        } else {
            connection.close();
        }
    }
}
