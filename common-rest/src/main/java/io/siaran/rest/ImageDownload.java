package io.siaran.rest;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Asks for an image whose address a tenant wrote: at the very network address that was judged, since its name may lead elsewhere a
 * moment later (DNS rebinding). It follows no redirect, and ends within a time that nothing prolongs. Waits.
 */
public final class ImageDownload implements AutoCloseable {

    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    private static final int LONGEST_HEADERS = 16_384;

    private final HttpClient http;

    /** @param connections that may be open to one server; what comes beyond waits for one, within its time */
    public ImageDownload(Vertx vertx, Duration connectTimeout, int connections) {
        this.http = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout(Math.toIntExact(connectTimeout.toMillis()))
                        .setKeepAlive(false)
                        .setMaxHeaderSize(LONGEST_HEADERS)
                        .setDecompressionSupported(false),
                new PoolOptions().setHttp1MaxSize(connections));
    }

    /** What an answer begins with. */
    public record Head(int status, MultiMap headers) {

        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }

        /** How many bytes its body has, where it says so. */
        public Optional<Long> length() {
            return header("Content-Length")
                    .filter(text -> text.matches("[0-9]{1,18}"))
                    .map(Long::valueOf);
        }
    }

    /** Who reads an answer. On an event loop: nothing of it waits. What comes after the time is over is read in vain. */
    public interface Reader {

        /** Answers whether its body is wanted. */
        boolean begins(Head head);

        /** Answers whether more of it is wanted. */
        boolean takes(Buffer part);
    }

    /**
     * Returns when the reader has all that it wants.
     *
     * @param url with http or https and a host
     * @param judged where that host leads
     * @throws IOException when no whole answer comes within {@code patience}
     */
    public Head get(URI url, InetAddress judged, Duration patience, Reader reader)
            throws IOException, InterruptedException {
        Exchange exchange = new Exchange(reader);
        exchange.start(http, options(url, judged));
        try {
            return exchange.done.get(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException tooSlow) {
            throw new HttpTimeoutException("no whole answer in time");
        } catch (ExecutionException failure) {
            throw new IOException(failure.getCause());
        } finally {
            exchange.end();
        }
    }

    private static RequestOptions options(URI url, InetAddress judged) {
        boolean secure = url.getScheme().equalsIgnoreCase("https");
        int usual = secure ? HTTPS : HTTP;
        int port = url.getPort() < 0 ? usual : url.getPort();
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return new RequestOptions()
                .setSsl(secure)
                .setHost(url.getHost())
                .setPort(port)
                .setServer(SocketAddress.inetSocketAddress(port, judged.getHostAddress()))
                .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery())
                .setFollowRedirects(false)
                .putHeader("Accept", "image/jpeg, image/png")
                // Some servers of images answer nobody who does not say what it is.
                .putHeader("User-Agent", "Siaran");
    }

    @Override
    public void close() {
        http.close();
    }

    private static final class Exchange {

        private final Reader reader;
        private final CompletableFuture<Head> done = new CompletableFuture<>();
        private final AtomicReference<HttpClientRequest> sent = new AtomicReference<>();
        private volatile boolean whole;

        private Exchange(Reader reader) {
            this.reader = reader;
        }

        void start(HttpClient http, RequestOptions options) {
            http.request(options)
                    .compose(request -> {
                        // Told as the failure of the answer: without a handler a reset would be logged as an error as
                        // well.
                        request.exceptionHandler(_ -> {});
                        sent.set(request);
                        if (done.isDone()) {
                            request.reset();
                        }
                        // Here, on the request's own event loop: elsewhere the answer could have ended before it is
                        // read.
                        return request.send().onSuccess(this::read);
                    })
                    .onFailure(done::completeExceptionally);
        }

        private void read(HttpClientResponse response) {
            Head head = new Head(response.statusCode(), response.headers());
            response.exceptionHandler(done::completeExceptionally);
            response.endHandler(_ -> {
                whole = true;
                done.complete(head);
            });
            if (!reader.begins(head)) {
                done.complete(head);
            }
            response.handler(part -> {
                if (!done.isDone() && !reader.takes(part)) {
                    done.complete(head);
                }
            });
        }

        /** Resets what has not ended: nobody waits for the rest of it. */
        void end() {
            done.cancel(false);
            HttpClientRequest request = sent.get();
            if (request != null && !whole) {
                request.reset();
            }
        }
    }
}
