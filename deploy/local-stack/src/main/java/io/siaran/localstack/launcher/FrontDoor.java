package io.siaran.localstack.launcher;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.net.ConnectException;
import java.util.EnumMap;
import java.util.Map;

/**
 * The one address of the REST API here: passes a request on to the service that answers for its path, as the ingress
 * does in Kubernetes. No message passes it on its way to a phone.
 */
final class FrontDoor implements AutoCloseable {

    private static final int CONNECTIONS_PER_SERVICE = 64;
    private static final String RETRY_SECONDS = "2";

    private final Vertx vertx = Vertx.vertx();
    private final Map<Service, HttpProxy> proxies = new EnumMap<>(Service.class);
    private final StackSettings settings;

    private FrontDoor(StackSettings settings) {
        this.settings = settings;
        HttpClient client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(CONNECTIONS_PER_SERVICE));
        for (Service service : Service.values()) {
            proxies.put(
                    service,
                    HttpProxy.reverseProxy(client)
                            .origin(settings.port(service), "127.0.0.1")
                            .addInterceptor(new SaysWhatFailed(service)));
        }
    }

    static FrontDoor open(StackSettings settings) {
        FrontDoor door = new FrontDoor(settings);
        // HTTP/1.1 only: after an upgrade to h2c the proxy leaves a caller hanging whose service broke the connection.
        HttpServerOptions options = new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setHost("127.0.0.1")
                .setPort(settings.port(StackSettings.Place.FRONT_DOOR));
        door.vertx
                .createHttpServer(options)
                .requestHandler(door::handle)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return door;
    }

    private void handle(HttpServerRequest request) {
        String path = request.path();
        if (path.equals("/")) {
            request.response()
                    .putHeader("Content-Type", "text/html; charset=utf-8")
                    .end(WelcomePage.of(settings));
            return;
        }
        Routes.serviceFor(path)
                .map(proxies::get)
                .ifPresentOrElse(proxy -> proxy.handle(request), () -> nobodyAnswers(request));
    }

    private static void nobodyAnswers(HttpServerRequest request) {
        Problem problem = new Problem(404, "Not Found", "Nothing answers for this path.", request.path());
        request.response()
                .setStatusCode(problem.status())
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .end(problem.json());
    }

    private record SaysWhatFailed(Service service) implements ProxyInterceptor {

        @Override
        public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
            return context.sendRequest().recover(failure -> Future.succeededFuture(answer(context, failure)));
        }

        private ProxyResponse answer(ProxyContext context, Throwable failure) {
            String path = context.request().proxiedRequest().path();
            ProxyResponse response = context.request().release().response();
            if (failure instanceof ConnectException) {
                response.putHeader("Retry-After", RETRY_SECONDS);
                return write(response, new Problem(503, "Service Unavailable", service.module() + " is down.", path));
            }
            // The request was passed on: whether it was carried out before the connection broke, nobody knows here.
            String unclear = service.module() + " gave no answer; it may have carried out the request.";
            return write(response, new Problem(502, "Bad Gateway", unclear, path));
        }

        private static ProxyResponse write(ProxyResponse response, Problem problem) {
            return response.setStatusCode(problem.status())
                    .putHeader("Content-Type", Problem.MEDIA_TYPE)
                    .setBody(Body.body(Buffer.buffer(problem.json())));
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
