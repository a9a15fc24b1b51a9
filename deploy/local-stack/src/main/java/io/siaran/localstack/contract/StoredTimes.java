package io.siaran.localstack.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Asks for what a POST has made, and compares every time in it: the answer of the POST may come from memory and that of the GET
 * from the database, which keeps microseconds. Once for each collection and each choice of times, so that a suite does not take
 * longer.
 */
final class StoredTimes {

    private static final String CREATED_AT = "created_at";
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d.*Z");

    private final Set<String> compared = ConcurrentHashMap.newKeySet();

    List<String> objections(FilterableRequestSpecification request, Response made) {
        String location = made.header("Location");
        boolean json = made.contentType() != null && made.contentType().endsWith("json");
        String token = request.getHeaders().getValue("Authorization");
        if (location == null || token == null || !json) {
            return List.of();
        }
        Map<String, String> before = times(made);
        if (!compared.add(URI.create(request.getURI()).getPath() + " " + before.keySet())) {
            return List.of();
        }
        Response stored = RestAssured.given()
                .noFilters()
                .baseUri(request.getBaseUri())
                .port(request.getPort())
                .header("Authorization", token)
                .get(location);
        if (stored.statusCode() != 200) {
            return List.of("its Location " + location + " answers " + stored.statusCode());
        }
        // What has changed meanwhile was made when it was made.
        if (!Objects.equals(made.header("ETag"), stored.header("ETag"))) {
            before.keySet().retainAll(Set.of(CREATED_AT));
        }
        Map<String, String> after = times(stored);
        return before.keySet().stream()
                .filter(time -> !before.get(time).equals(after.get(time)))
                .map(time -> time + " is " + before.get(time) + ", and " + after.get(time) + " when asked for")
                .toList();
    }

    /** By where they stand in the answer. */
    private static Map<String, String> times(Response answer) {
        Map<String, String> times = new TreeMap<>();
        collect("", DocumentedAnswers.read(answer.asString()), times);
        return times;
    }

    private static void collect(String path, JsonNode value, Map<String, String> into) {
        if (value.isTextual() && TIME.matcher(value.textValue()).matches()) {
            into.put(path, value.textValue());
        }
        value.properties().forEach(member -> collect(inner(path, member.getKey()), member.getValue(), into));
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                collect(path + "[" + i + "]", value.get(i), into);
            }
        }
    }

    private static String inner(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
