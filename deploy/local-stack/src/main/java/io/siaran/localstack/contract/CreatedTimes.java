package io.siaran.localstack.contract;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks for what a POST has made, and compares the time at which it was made: the answer of the POST comes from memory and that of
 * the GET from the database, which keeps microseconds. Once for each collection, so that a suite does not take longer.
 */
final class CreatedTimes {

    private static final String CREATED_AT = "created_at";

    private final Set<String> collections = ConcurrentHashMap.newKeySet();

    List<String> objections(FilterableRequestSpecification request, Response made) {
        String location = made.header("Location");
        boolean json = made.contentType() != null && made.contentType().endsWith("json");
        String token = request.getHeaders().getValue("Authorization");
        if (location == null
                || token == null
                || !json
                || !collections.add(URI.create(request.getURI()).getPath())) {
            return List.of();
        }
        Map<String, Object> before = made.jsonPath().getMap("$");
        Response stored = RestAssured.given()
                .noFilters()
                .baseUri(request.getBaseUri())
                .port(request.getPort())
                .header("Authorization", token)
                .get(location);
        if (stored.statusCode() != 200) {
            return List.of("its Location " + location + " answers " + stored.statusCode());
        }
        Object after = stored.jsonPath().getMap("$").get(CREATED_AT);
        boolean same = before.get(CREATED_AT) == null || before.get(CREATED_AT).equals(after);
        return same
                ? List.of()
                : List.of("created_at is " + before.get(CREATED_AT) + ", and " + after + " when asked for");
    }
}
