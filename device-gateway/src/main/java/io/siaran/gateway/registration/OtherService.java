package io.siaran.gateway.registration;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Another service of Siaran, asked over its REST contract with the token of whoever asks us, so nobody reaches more than they would
 * there. No thread waits.
 */
final class OtherService {

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final String url;
    private final Duration timeout;

    OtherService(String url, Duration timeout) {
        this.url = url;
        this.timeout = timeout;
    }

    HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(timeout)
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + token);
    }

    CompletionStage<HttpResponse<String>> ask(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), BodyHandlers.ofString());
    }

    /** The answer on the context of the caller, where its session is. */
    static <T> Uni<T> here(Supplier<CompletionStage<T>> asked) {
        Context here = Vertx.currentContext();
        Uni<T> answer = Uni.createFrom()
                .completionStage(asked)
                .onFailure(CompletionException.class)
                .transform(Throwable::getCause);
        return here == null ? answer : answer.emitOn(task -> here.runOnContext(_ -> task.run()));
    }
}
