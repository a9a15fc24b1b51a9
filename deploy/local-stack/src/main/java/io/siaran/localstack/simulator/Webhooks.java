package io.siaran.localstack.simulator;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Where each device's platform tells its news, and the telling: again until it is answered with 2xx, some times. */
final class Webhooks {

    private static final int MOST_TRIES = 8;
    private static final long FIRST_PAUSE_MS = 250;
    private static final int CONNECTIONS = 64;
    private static final int PATIENCE_MS = 10_000;

    /** @param secret what it signs with, where it signs; may be null */
    record Hook(String url, String secret) {

        Hook {
            if (url == null || url.isBlank()) {
                throw new IllegalArgumentException("url is missing");
            }
        }
    }

    private record Device(String platform, String token) {}

    private final Vertx vertx;
    private final HttpClient http;
    private final Map<Device, Hook> hooks = new ConcurrentHashMap<>();

    Webhooks(Vertx vertx) {
        this.vertx = vertx;
        this.http = vertx.createHttpClient(
                new HttpClientOptions().setMaxPoolSize(CONNECTIONS).setConnectTimeout(PATIENCE_MS));
    }

    void set(String platform, String device, Hook hook) {
        hooks.put(new Device(platform, device), hook);
    }

    void remove(String platform, String device) {
        hooks.remove(new Device(platform, device));
    }

    Optional<Hook> of(String platform, String device) {
        return Optional.ofNullable(hooks.get(new Device(platform, device)));
    }

    /** Tells it where the device has a webhook; done when it was answered with 2xx, or given up. */
    Future<Void> tell(Dialect says, String device, JsonObject news, boolean forged) {
        return of(says.platform(), device)
                .map(hook -> tell(says, hook, news.toBuffer(), forged, 1))
                .orElseGet(Future::succeededFuture);
    }

    private Future<Void> tell(Dialect says, Hook hook, Buffer news, boolean forged, int tryNo) {
        return post(says, hook, news, forged)
                .recover(unreachable -> Future.succeededFuture(0))
                .compose(status -> status / 100 == 2 || forged || tryNo == MOST_TRIES
                        ? Future.succeededFuture()
                        : pause(FIRST_PAUSE_MS << (tryNo - 1)).compose(_ -> tell(says, hook, news, false, tryNo + 1)));
    }

    private Future<Integer> post(Dialect says, Hook hook, Buffer news, boolean forged) {
        String secret = String.valueOf(hook.secret()) + (forged ? "-forged" : "");
        RequestOptions request = new RequestOptions()
                .setAbsoluteURI(hook.url())
                .setMethod(HttpMethod.POST)
                .setTimeout(PATIENCE_MS)
                .putHeader("Content-Type", "application/json");
        if (hook.secret() != null) {
            says.signature(secret, news.getBytes()).forEach(request::putHeader);
        }
        return http.request(request)
                .compose(call -> call.send(news))
                .compose(answer -> answer.body().map(answer.statusCode()));
    }

    private Future<Void> pause(long ms) {
        Promise<Void> over = Promise.promise();
        vertx.setTimer(ms, _ -> over.complete());
        return over.future();
    }
}
