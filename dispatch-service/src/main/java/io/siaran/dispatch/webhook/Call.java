package io.siaran.dispatch.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** One exchange with a receiver, of whose answer a kilobyte is read; whatever happens to it after its end is nobody's. */
final class Call {

    private static final int KEPT_BYTES = 1_024;

    private final HttpClient http;
    private final CompletableFuture<Attempt> done = new CompletableFuture<>();
    private final AtomicReference<HttpClientRequest> sent = new AtomicReference<>();
    private final Buffer kept = Buffer.buffer();
    private volatile boolean whole;

    Call(HttpClient http) {
        this.http = http;
    }

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

    Attempt await(long nanos) throws ExecutionException, TimeoutException, InterruptedException {
        return done.get(nanos, TimeUnit.NANOSECONDS);
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
