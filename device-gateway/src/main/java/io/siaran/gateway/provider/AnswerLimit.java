package io.siaran.gateway.provider;

import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;

/**
 * Cuts answers that are longer than any platform's: one that never ends would fill our memory. The call then fails as one
 * whose answer was lost.
 */
public final class AnswerLimit {

    /** Some hundred times the longest answer that was seen of a platform. */
    static final int LONGEST = 256 * 1_024;

    private AnswerLimit() {}

    /** For {@code QuarkusRestClientBuilder.httpClientRequestCustomizer}. */
    public static void watch(HttpClientRequest request) {
        request.response().onSuccess(AnswerLimit::count);
    }

    private static void count(HttpClientResponse response) {
        int[] seen = {0};
        response.handler(chunk -> {
            seen[0] += chunk.length();
            if (seen[0] > LONGEST) {
                response.request().reset();
            }
        });
    }
}
