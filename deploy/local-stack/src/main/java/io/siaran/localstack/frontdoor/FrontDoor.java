package io.siaran.localstack.frontdoor;

import io.siaran.localstack.frontdoor.Problem.Kind;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * The one address of the REST API here: passes a request on to the service that answers for its path, as the ingress
 * does in Kubernetes. No message passes it on its way to a phone.
 */
public final class FrontDoor implements AutoCloseable {

    private static final int CONNECTIONS_PER_SERVICE = 64;
    private static final int WAITING_PER_SERVICE = 256;
    private static final String MERGED_DOCUMENT = "/docs/openapi.json";
    /** Where the page answers that says where the documents of the services are. */
    private static final Set<String> PAGES = Set.of("/", "/docs", "/docs/");

    private static final Set<HttpMethod> NOT_PASSED_ON = Set.of(HttpMethod.CONNECT, HttpMethod.TRACE);
    private static final int RETRY_SECONDS = 5;

    private final Vertx vertx = Vertx.vertx();
    private final Function<String, Optional<Upstream>> routes;
    private final String page;
    private final DoorLimits limits;
    private final HttpClient client;
    private final Connections connections;
    private final HeldBytes held;
    private final Semaphore uploads;
    private final MergedDocument document;
    private final Rotation rotation = new Rotation();
    private ForwardedHead heads;
    private int port;

    private FrontDoor(
            Function<String, Optional<Upstream>> routes, List<Upstream> upstreams, String page, DoorLimits limits) {
        this.routes = routes;
        this.page = page;
        this.limits = limits;
        this.client = vertx.createHttpClient(clientOptions(limits));
        this.connections = new Connections(vertx, limits);
        this.held = new HeldBytes(limits.heldBytes());
        this.uploads = new Semaphore(limits.uploads());
        this.document = new MergedDocument(vertx, client, upstreams);
    }

    /**
     * Listens on that port of the loopback address.
     *
     * @param routes the service for a path, none when nobody answers for it
     * @param page what a browser sees at {@code /} and {@code /docs}
     */
    public static FrontDoor open(
            int port, Function<String, Optional<Upstream>> routes, List<Upstream> upstreams, String page) {
        return open(port, new FrontDoor(routes, upstreams, page, DoorLimits.STANDARD));
    }

    /** With other limits, on a free port. */
    static FrontDoor open(Upstream only, DoorLimits limits) {
        return open(0, new FrontDoor(_ -> Optional.of(only), List.of(only), "", limits));
    }

    private static FrontDoor open(int port, FrontDoor door) {
        door.port = door.vertx
                .createHttpServer(door.serverOptions(port))
                .connectionHandler(door.connections::opened)
                .invalidRequestHandler(UnreadableRequest::answer)
                .requestHandler(door::handle)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        door.heads = new ForwardedHead(door.port);
        return door;
    }

    private HttpServerOptions serverOptions(int listenOn) {
        // HTTP/1.1 only: after an upgrade to h2c the proxy leaves a caller hanging whose service broke the connection.
        return new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setHost("127.0.0.1")
                .setPort(listenOn)
                .setMaxInitialLineLength(limits.targetBytes())
                .setMaxHeaderSize(limits.headBytes())
                // The last resort, for a caller who does not take its answer.
                .setIdleTimeout((int) limits.answer().plus(limits.body()).toSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
    }

    private static HttpClientOptions clientOptions(DoorLimits limits) {
        return new HttpClientOptions()
                .setMaxPoolSize(CONNECTIONS_PER_SERVICE)
                .setMaxWaitQueueSize(WAITING_PER_SERVICE)
                .setConnectTimeout(2_000)
                .setKeepAliveTimeout(30)
                .setIdleTimeout((int) limits.answer().plus(limits.body()).toSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
    }

    int port() {
        return port;
    }

    private void handle(HttpServerRequest request) {
        String id = RequestId.of(request);
        IncomingBody body = new IncomingBody(vertx, request, limits, held);
        connections.begun(request.connection());
        request.response().endHandler(_ -> {
            connections.ended(request.connection());
            body.release();
        });
        try {
            RequestTarget target = RequestTarget.read(request.uri());
            if (NOT_PASSED_ON.contains(request.method())) {
                body.discard();
                request.response().putHeader("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
                answer(request, id, Kind.METHOD_NOT_ALLOWED, "The method is not one of those that are passed on.");
            } else if (PAGES.contains(target.path()) || target.path().equals(MERGED_DOCUMENT)) {
                body.discard();
                answerOwn(request, id, target);
            } else {
                routes.apply(target.path())
                        .ifPresentOrElse(upstream -> passOn(request, id, target, upstream, body), () -> {
                            body.discard();
                            answer(request, id, Kind.NOT_FOUND, "Nothing answers for this path.");
                        });
            }
        } catch (RequestTarget.Unreadable unreadable) {
            body.discard();
            Problem.invalid(unreadable.part(), unreadable.getMessage(), request.uri())
                    .answer(request.response(), id);
        }
    }

    private void answerOwn(HttpServerRequest request, String id, RequestTarget target) {
        request.response().putHeader(RequestId.HEADER, id).putHeader("X-Content-Type-Options", "nosniff");
        if (PAGES.contains(target.path())) {
            request.response()
                    .putHeader("Content-Type", "text/html; charset=utf-8")
                    .end(page);
            return;
        }
        document.json()
                .onSuccess(json -> request.response()
                        .putHeader("Content-Type", "application/json")
                        .end(json))
                .onFailure(_ -> Problem.of(Kind.UNAVAILABLE, "A service did not give its document.", request.path())
                        .retryAfterSeconds(RETRY_SECONDS)
                        .answer(request.response(), id));
    }

    private void passOn(
            HttpServerRequest request, String id, RequestTarget target, Upstream upstream, IncomingBody body) {
        RequestOptions options = new RequestOptions()
                .setHost("127.0.0.1")
                .setMethod(request.method())
                .setURI(target.uri())
                .setHeaders(heads.toService(request, id));
        Exchange exchange = new Exchange(vertx, client, limits, upstream, rotation.of(upstream), request, options, id);
        if (Upload.isOne(request.method(), target.path())) {
            takeFile(request, id, exchange, body);
        } else {
            exchange.begin(body);
        }
    }

    private void takeFile(HttpServerRequest request, String id, Exchange exchange, IncomingBody body) {
        if (!uploads.tryAcquire()) {
            body.discard();
            IncomingBody.tooMany(request).problem().answer(request.response(), id);
            return;
        }
        Upload file = new Upload(vertx, request, limits);
        AtomicBoolean ended = new AtomicBoolean();
        Runnable end = () -> {
            if (ended.compareAndSet(false, true)) {
                uploads.release();
                file.leave(body);
            }
        };
        request.response().endHandler(_ -> {
            connections.ended(request.connection());
            end.run();
        });
        exchange.begin(file, end);
    }

    private static void answer(HttpServerRequest request, String id, Kind kind, String detail) {
        Problem.of(kind, detail, request.path()).answer(request.response(), id);
    }

    /** Ends every connection, those in use too. */
    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
