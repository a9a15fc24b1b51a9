package io.siaran.localstack.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Calls every operation that a document says holds against {@code If-Match} as somebody does who has seen another version, and
 * tells which of them did it all the same. A test of each service asks for it, with an object of each kind:
 * {@code assertThat(StaleVersions.of(document, caller).on("/api/v1/leads/{id}", path).gaps()).isEmpty();}
 */
public final class StaleVersions {

    private static final String OTHER = "\"another-version\"";

    private final JsonNode root;
    private final Supplier<RequestSpecification> caller;
    private final Map<String, String> objects = new HashMap<>();
    private final Map<String, Object> bodies = new HashMap<>();

    private StaleVersions(JsonNode root, Supplier<RequestSpecification> caller) {
        this.root = root;
        this.caller = caller;
    }

    /** @param caller a request of one whose role may do all of it, a new one each time */
    public static StaleVersions of(String document, Supplier<RequestSpecification> caller) {
        try {
            String json = RestAssured.given()
                    .noFilters()
                    .get(document + "?format=json")
                    .asString();
            return new StaleVersions(new ObjectMapper().readTree(json), caller);
        } catch (IOException noJson) {
            throw new AssertionError("the document cannot be read", noJson);
        }
    }

    /** @param path of an object of the caller's, which nothing else changes meanwhile */
    public StaleVersions on(String template, String path) {
        objects.put(template, path);
        return this;
    }

    /** @param body what an operation is told; without one a PUT is told what GET answered, and any other nothing */
    public StaleVersions telling(String operationId, Object body) {
        bodies.put(operationId, body);
        return this;
    }

    /** One line for each operation that has no object to be tried on, that answers otherwise than 412, or whose object is not as before. */
    public List<String> gaps() {
        List<String> gaps = new ArrayList<>();
        List<String> asked = new ArrayList<>();
        root.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(each -> each.getValue().path("responses").has("412"))
                        .forEach(each -> {
                            asked.add(path.getKey());
                            gaps.addAll(tried(each.getKey(), path.getKey(), each.getValue()));
                        }));
        if (asked.isEmpty()) {
            gaps.add("the document has no operation that holds against If-Match");
        }
        return gaps;
    }

    private List<String> tried(String method, String template, JsonNode operation) {
        // What is done to an object is below it: to its own methods the object itself answers.
        String kind = method.equals("post") ? template.substring(0, template.lastIndexOf('/')) : template;
        String object = objects.get(kind);
        String id = operation.path("operationId").asText();
        if (object == null) {
            return List.of(id + ": there is no " + kind + " to try it on");
        }
        Response before = caller.get().get(object);
        Object body = bodies.getOrDefault(id, method.equals("put") ? before.asString() : null);
        RequestSpecification stale = caller.get().header("If-Match", OTHER);
        Response answer = (body == null ? stale : stale.body(body))
                .request(method.toUpperCase(Locale.ROOT), object + template.substring(kind.length()));
        Response after = caller.get().get(object);
        List<String> gaps = new ArrayList<>();
        if (answer.statusCode() != 412) {
            gaps.add(id + ": it answers " + answer.statusCode() + " " + answer.asString());
        }
        boolean same = before.statusCode() == 200
                && before.header("ETag") != null
                && after.statusCode() == 200
                && before.header("ETag").equals(after.header("ETag"));
        if (!same) {
            gaps.add(id + ": its object was " + before.header("ETag") + " and is " + after.header("ETag"));
        }
        return gaps;
    }
}
