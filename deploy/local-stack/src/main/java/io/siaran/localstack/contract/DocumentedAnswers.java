package io.siaran.localstack.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Fails a test whose answer is not documented: the status, a header that a caller acts by,
 * the type of the body, or the body itself, also one that is missing.
 *
 * <p>A service installs it once, in the static initialiser of the class that its component tests share:
 * {@code static { DocumentedAnswers.install("/docs/campaign/openapi"); }}
 */
public final class DocumentedAnswers implements Filter {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = "/api/";

    /** The headers that a caller acts by; {@code X-Request-Id} is on each answer. */
    private static final List<String> TELLING =
            List.of("ETag", "Location", "Retry-After", "Allow", "Idempotency-Replayed");

    private final String document;
    private final StoredTimes stored = new StoredTimes();
    private volatile ApiDocument api;

    private DocumentedAnswers(String document) {
        this.document = document;
    }

    /** @param document the path at which the service under test answers its OpenAPI document */
    public static void install(String document) {
        boolean there = RestAssured.filters().stream().anyMatch(DocumentedAnswers.class::isInstance);
        if (!there) {
            RestAssured.filters(new DocumentedAnswers(document));
        }
    }

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        Response answer = context.next(request, expected);
        String path = URI.create(request.getURI()).getPath();
        if (path.startsWith(API)) {
            List<String> objections = new ArrayList<>(objections(request, path, answer));
            if (objections.isEmpty() && answer.statusCode() == 201) {
                objections.addAll(stored.objections(request, answer));
            }
            if (!objections.isEmpty()) {
                throw new AssertionError(request.getMethod() + " " + path + " answered " + answer.statusCode()
                        + " otherwise than documented:\n  " + String.join("\n  ", objections));
            }
        }
        return answer;
    }

    private List<String> objections(FilterableRequestSpecification request, String path, Response answer) {
        ApiDocument documented = api(request);
        Optional<JsonNode> operation = documented.operation(request.getMethod(), path);
        if (operation.isEmpty()) {
            return ofNoOperation(documented, request.getMethod(), answer);
        }
        Optional<JsonNode> response = documented.response(operation.get(), answer.statusCode());
        if (response.isEmpty()) {
            return List.of("the status is not documented");
        }
        List<String> objections = new ArrayList<>();
        headers(documented, response.get(), answer, objections);
        body(documented, response.get(), answer, objections);
        return objections;
    }

    /** What is not there at all is answered as every problem is; which methods there are is said. */
    private static List<String> ofNoOperation(ApiDocument documented, String method, Response answer) {
        Optional<JsonNode> common = documented.commonProblem(answer.statusCode());
        if (common.isEmpty() && answer.statusCode() < 400) {
            return List.of("the operation is not documented");
        }
        List<String> objections = new ArrayList<>();
        JsonNode response = common.orElseGet(() -> documented.commonProblem(404).orElseThrow());
        headers(documented, response, answer, objections);
        if (!method.equals("HEAD")) {
            body(documented, response, answer, objections);
        }
        return objections;
    }

    /** Those that are required are there, and none of those that tell a caller what to do is there unannounced. */
    private static void headers(ApiDocument documented, JsonNode response, Response answer, List<String> objections) {
        JsonNode headers = response.path("headers");
        headers.properties().forEach(header -> {
            boolean required =
                    documented.resolved(header.getValue()).path("required").asBoolean();
            if (required && answer.header(header.getKey()) == null) {
                objections.add("the header " + header.getKey() + " is missing");
            }
        });
        for (String name : TELLING) {
            if (answer.header(name) != null && !headers.has(name)) {
                objections.add("the header " + name + " is not documented");
            }
        }
    }

    private static void body(ApiDocument documented, JsonNode response, Response answer, List<String> objections) {
        String body = answer.asString();
        JsonNode content = response.path("content");
        if (body.isEmpty()) {
            if (!content.isEmpty() && !mayBeEmpty(content)) {
                objections.add("the documented body is missing");
            }
            return;
        }
        String type = answer.contentType() == null
                ? ""
                : answer.contentType().split(";")[0].strip();
        if (!content.has(type)) {
            objections.add("the Content-Type " + type + " is not documented");
        } else if (type.endsWith("json")) {
            objections.addAll(
                    new SchemaCheck(documented).objections(content.path(type).path("schema"), read(body)));
        }
    }

    /** A text may be of no characters, JSON is never. */
    private static boolean mayBeEmpty(JsonNode content) {
        boolean json =
                content.properties().stream().anyMatch(type -> type.getKey().endsWith("json"));
        return !json;
    }

    private ApiDocument api(FilterableRequestSpecification request) {
        if (api == null) {
            String url = request.getBaseUri() + ":" + request.getPort() + document + "?format=json";
            api = new ApiDocument(read(RestAssured.given().noFilters().get(url).asString()));
        }
        return api;
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (java.io.IOException noJson) {
            throw new AssertionError("not JSON: " + json.substring(0, Math.min(200, json.length())), noJson);
        }
    }
}
