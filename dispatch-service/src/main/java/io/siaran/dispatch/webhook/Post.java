package io.siaran.dispatch.webhook;

import io.siaran.rest.Names;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Posts to the address of a tenant: to the very address that was judged, within a time that nothing prolongs, following nothing
 * and reading no more than a kilobyte. Waits, for virtual threads.
 */
@ApplicationScoped
class Post {

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
        try {
            Attempt answered = answered(options(user, URI.create(url), headers), body, began);
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
        }
    }

    /**
     * Once more where the connection broke: a server may close one that it kept at the moment at which it is used again, which says nothing
     * of the receiver. What came twice has the same id.
     */
    private Attempt answered(RequestOptions options, String body, long began)
            throws ExecutionException, TimeoutException, InterruptedException {
        try {
            return exchanged(options, body, began);
        } catch (ExecutionException broken) {
            if (!brokeOff(broken.getCause())) {
                throw broken;
            }
            return exchanged(options, body, began);
        }
    }

    private Attempt exchanged(RequestOptions options, String body, long began)
            throws ExecutionException, TimeoutException, InterruptedException {
        Call call = new Call(http);
        try {
            call.start(new RequestOptions(options), body);
            return call.await(patience.toNanos() - (System.nanoTime() - began));
        } finally {
            call.end();
        }
    }

    private static boolean brokeOff(Throwable fault) {
        return fault instanceof HttpClosedException
                || (fault instanceof IOException && !(fault instanceof ConnectException));
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
        return fault instanceof ConnectException
                ? "no connection"
                : "broken off: " + fault.getClass().getSimpleName();
    }
}
