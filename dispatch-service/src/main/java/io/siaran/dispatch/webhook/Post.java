package io.siaran.dispatch.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Posts to the address of a tenant: to the very address that was judged, within a time that nothing prolongs, following nothing
 * and reading no more than a kilobyte. Waits, for virtual threads.
 */
@ApplicationScoped
class Post {

    private static final int KEPT_BYTES = 1_024;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    /** Shorter than what most servers keep an idle connection for, so that none is closed under a request. */
    private static final int KEEP_ALIVE_SECONDS = 4;

    private final HttpClient http;
    private final Names names;
    private final ReceiverAddresses addresses;
    private final Duration patience;

    Post(Vertx vertx, Names names, ReceiverAddresses addresses, WebhookConfig config) {
        this.names = names;
        this.addresses = addresses;
        this.patience = config.patience();
        this.http = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout(Math.toIntExact(config.patience().toMillis()))
                        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                        .setMaxHeaderSize(16_384)
                        .setDecompressionSupported(false),
                // Many webhooks may be on one host: none waits for the connections of another.
                new PoolOptions().setHttp1MaxSize(config.atOnce()));
    }

    @PreDestroy
    void close() {
        http.close();
    }

    /** @param user whose threads look up the name of the receiver */
    Attempt post(String user, String url, Map<String, String> headers, String body) {
        long began = System.nanoTime();
        Call call = new Call();
        try {
            call.start(options(user, URI.create(url), headers), body);
            Attempt answered = call.done.get(patience.toNanos() - (System.nanoTime() - began), TimeUnit.NANOSECONDS);
            return new Attempt(answered.code(), millisSince(began), answered.answer(), answered.error());
        } catch (TimeoutException tooSlow) {
            return failed(began, "timeout");
        } catch (ExecutionException broken) {
            return failed(began, reason(broken.getCause()));
        } catch (UnknownHostException unknown) {
            // The same whatever is wrong with it: a tenant must not learn which names there are in our network.
            return failed(began, "no usable address");
        } catch (Names.NotAskedException notTried) {
            return failed(began, Attempt.NOT_TRIED);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return failed(began, "stopped");
        } finally {
            call.end();
        }
    }

    private RequestOptions options(String user, URI url, Map<String, String> headers)
            throws UnknownHostException, Names.NotAskedException, InterruptedException {
        boolean secure = url.getScheme().equalsIgnoreCase("https");
        int usual = secure ? HTTPS : HTTP;
        int port = url.getPort() < 0 ? usual : url.getPort();
        InetAddress judged =
                addresses.judged(names.addresses(user, url.getHost().replaceAll("^\\[|]$", ""), patience));
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setSsl(secure)
                .setHost(url.getHost())
                .setPort(port)
                .setServer(SocketAddress.inetSocketAddress(port, judged.getHostAddress()))
                .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery())
                .setFollowRedirects(false);
        headers.forEach(options::putHeader);
        return options;
    }

    private static Attempt failed(long began, String error) {
        return new Attempt(null, millisSince(began), null, error);
    }

    private static int millisSince(long began) {
        return Math.toIntExact(Duration.ofNanos(System.nanoTime() - began).toMillis());
    }

    /** The kind of fault, and nothing of what the network said: that is ours. */
    private static String reason(Throwable fault) {
        return fault instanceof java.net.ConnectException
                ? "no connection"
                : "broken off: " + fault.getClass().getSimpleName();
    }

    /** One exchange; whatever happens to it after its end is nobody's. */
    private final class Call {

        private final CompletableFuture<Attempt> done = new CompletableFuture<>();
        private final AtomicReference<HttpClientRequest> sent = new AtomicReference<>();
        private final Buffer kept = Buffer.buffer();
        private volatile boolean whole;

        void start(RequestOptions options, String body) {
            http.request(options)
                    .compose(request -> {
                        sent.set(request);
                        if (done.isDone()) {
                            request.reset();
                        }
                        // Here, on the request's own event loop: elsewhere the answer could have ended before it is
                        // read.
                        return request.send(Buffer.buffer(body, UTF_8.name())).onSuccess(this::read);
                    })
                    .onFailure(done::completeExceptionally);
        }

        /** Resets what has not ended: nobody waits for the rest of it. */
        void end() {
            done.complete(null);
            HttpClientRequest request = sent.get();
            if (request != null && !whole) {
                request.reset();
            }
        }

        private void read(HttpClientResponse response) {
            response.exceptionHandler(done::completeExceptionally);
            response.handler(part -> {
                kept.appendBuffer(part, 0, Math.min(part.length(), KEPT_BYTES - kept.length()));
                if (kept.length() == KEPT_BYTES) {
                    done.complete(answered(response));
                }
            });
            response.endHandler(_ -> {
                whole = true;
                done.complete(answered(response));
            });
        }

        /** A text that PostgreSQL keeps: it takes no U+0000. */
        private Attempt answered(HttpClientResponse response) {
            String text = new String(kept.getBytes(), UTF_8).replace('\0', ' ');
            return new Attempt(response.statusCode(), 0, text.isEmpty() ? null : text, null);
        }
    }
}
