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
 * Fails a test whose answer is not documented: the status, the type of the body, or the body itself.
 *
 * <p>A service installs it once, in the static initialiser of the class that its component tests share:
 * {@code static { DocumentedAnswers.install("/docs/campaign/openapi"); }}
 */
public final class DocumentedAnswers implements Filter {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = "/api/";

    private final String document;
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
            List<String> objections = objections(request, path, answer);
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
        // What is not there at all is no operation's answer; a bare 404 or 405 is right.
        if (operation.isEmpty()) {
            return answer.statusCode() < 400 ? List.of("the operation is not documented") : List.of();
        }
        Optional<JsonNode> response = documented.response(operation.get(), answer.statusCode());
        if (response.isEmpty()) {
            return List.of("the status is not documented");
        }
        List<String> objections = new ArrayList<>();
        body(documented, response.get(), answer, objections);
        return objections;
    }

    private static void body(ApiDocument documented, JsonNode response, Response answer, List<String> objections) {
        String body = answer.asString();
        JsonNode content = response.path("content");
        if (body.isEmpty()) {
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

    private ApiDocument api(FilterableRequestSpecification request) {
        if (api == null) {
            String url = request.getBaseUri() + ":" + request.getPort() + document + "?format=json";
            api = new ApiDocument(read(RestAssured.given().noFilters().get(url).asString()));
        }
        return api;
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (java.io.IOException noJson) {
            throw new AssertionError("not JSON: " + json.substring(0, Math.min(200, json.length())), noJson);
        }
    }
}
