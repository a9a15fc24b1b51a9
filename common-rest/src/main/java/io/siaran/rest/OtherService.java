package io.siaran.rest;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Another service of Siaran, asked over its REST contract with the token of whoever asks us, so nobody reaches more than they would
 * there. No thread waits.
 */
public final class OtherService {

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final ServiceAddress address;
    private final Duration timeout;

    public OtherService(ServiceAddress address, Duration timeout) {
        this.address = address;
        this.timeout = timeout;
    }

    public HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(address.at(path))
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + token);
    }

    /** Waits for the whole answer: the client's own time-out would end with its head, and a body that trickles be waited for for ever. */
    public CompletionStage<HttpResponse<String>> ask(HttpRequest.Builder request) {
        CompletableFuture<HttpResponse<String>> asked = http.sendAsync(request.build(), BodyHandlers.ofString());
        return asked.copy().orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).whenComplete((_, failure) -> {
            if (failure != null) {
                asked.cancel(true);
            }
        });
    }

    /** The answer on the context of the caller, where its session is. */
    public static <T> Uni<T> here(Supplier<CompletionStage<T>> asked) {
        Context here = Vertx.currentContext();
        Uni<T> answer = Uni.createFrom()
                .completionStage(asked)
                .onFailure(CompletionException.class)
                .transform(Throwable::getCause);
        return here == null ? answer : answer.emitOn(task -> here.runOnContext(_ -> task.run()));
    }
}
