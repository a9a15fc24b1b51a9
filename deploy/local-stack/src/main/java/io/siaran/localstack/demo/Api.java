package io.siaran.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** The REST API as a CRM uses it; an answer other than 2xx ends the demo with what was asked and answered. */
final class Api {

    private static final int AT_ONCE = 16;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String baseUrl;
    private final String token;

    Api(String baseUrl, String token) {
        this.baseUrl = baseUrl + "/api/v1";
        this.token = token;
    }

    JsonNode get(String path) {
        return call(request(baseUrl + path).GET().build());
    }

    JsonNode post(String path, Map<String, ?> body) {
        return call(request(baseUrl + path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(write(body)))
                .build());
    }

    /** Posts every body, several in flight, and returns when all are answered. */
    void postAll(String path, List<? extends Map<String, ?>> bodies) {
        Semaphore room = new Semaphore(AT_ONCE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = bodies.stream()
                    .map(body -> threads.submit(() -> {
                        room.acquire();
                        try {
                            return post(path, body);
                        } finally {
                            room.release();
                        }
                    }))
                    .toList();
            for (var answer : answers) {
                answer.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new DemoFailed(e.getCause().getMessage());
        }
    }

    /** A page outside the API: the simulator's. */
    JsonNode fetch(String url) {
        return call(HttpRequest.newBuilder(URI.create(url)).build());
    }

    /** Posts to a page outside the API: the simulator's. */
    void tell(String url, Map<String, ?> body) {
        call(HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(write(body)))
                .build());
    }

    private HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token);
    }

    private JsonNode call(HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new DemoFailed("%s %s was answered %d: %s"
                        .formatted(request.method(), request.uri(), answer.statusCode(), answer.body()));
            }
            return JSON.readTree(answer.body().isEmpty() ? "null" : answer.body());
        } catch (IOException e) {
            throw new DemoFailed("%s %s: %s".formatted(request.method(), request.uri(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailed("interrupted");
        }
    }

    private static String write(Map<String, ?> body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
