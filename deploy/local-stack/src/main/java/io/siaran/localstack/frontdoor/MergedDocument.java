package io.siaran.localstack.frontdoor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The one OpenAPI document of all services that run, asked of them at most every ten seconds. */
final class MergedDocument {

    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Vertx vertx;
    private final HttpClient client;
    private final List<Upstream> upstreams;
    private Future<String> latest;

    MergedDocument(Vertx vertx, HttpClient client, List<Upstream> upstreams) {
        this.vertx = vertx;
        this.client = client;
        this.upstreams = upstreams;
    }

    /** Fails when a service does not answer, or when the documents contradict each other. */
    Future<String> json() {
        if (latest == null) {
            latest = merge();
            latest.onFailure(_ -> latest = null);
            vertx.setTimer(FRESH.toMillis(), _ -> latest = null);
        }
        return latest;
    }

    private Future<String> merge() {
        List<Future<JsonNode>> documents =
                upstreams.stream().map(this::document).toList();
        return Future.all(documents).map(_ -> {
            Map<String, JsonNode> byName = new LinkedHashMap<>();
            for (int i = 0; i < upstreams.size(); i++) {
                byName.put(upstreams.get(i).shortName(), documents.get(i).result());
            }
            return MergedApi.of(byName).toPrettyString();
        });
    }

    private Future<JsonNode> document(Upstream upstream) {
        return client.request(HttpMethod.GET, upstream.ports().getFirst(), "127.0.0.1", upstream.document())
                .compose(request -> request.idleTimeout(PATIENCE.toMillis()).send())
                .compose(HttpClientResponse::body)
                .map(body -> read(body.toString()));
    }

    private static JsonNode read(String document) {
        try {
            return JSON.readTree(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a service's document is no JSON", e);
        }
    }
}
