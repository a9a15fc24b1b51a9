package io.siaran.dispatch;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.siaran.dispatch.event.NumberEvents;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every operation of the API document with parameters and bodies drawn by chance from what is likely to hurt: whatever comes, the
 * caller hears what is wrong with it, and nothing breaks. That each answer is as documented is checked by the filter of all tests.
 */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class FuzzTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROUNDS = 8;

    private static final List<String> VALUES = List.of(
            "",
            " ",
            "0",
            "-1",
            "1.5",
            "2147483648",
            "99999999999999999999",
            "null",
            "true",
            "a\u0000b",
            "\ud83e\udd80",
            "%",
            "' OR 1=1 --",
            "{}",
            "[1]",
            "x".repeat(3_000),
            "60123456789",
            "012-345 6789",
            "2026-11-28",
            "0000-00-00",
            "+999999999-12-31",
            "2026-11-28T02:00:00Z",
            "-9999-01-01T00:00:00Z",
            "+1000000000-12-31T23:59:59.999999999Z",
            "01936f2e-0000-8000-8000-000000000001",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "pending",
            "sent",
            "failed",
            "day",
            "hour",
            "reason",
            "message.sent",
            "https://crm.example/hook");

    /** It waits as long as it is asked to; {@code EventsTest} says so. */
    private static final String WAITS = "wait_seconds";

    @Inject
    Stage stage;

    @Inject
    Events events;

    @Inject
    NumberEvents numbers;

    private final List<String> broken = new ArrayList<>();
    private final String token = TestServers.token("aminah", "operator");
    private List<String> ids;
    private JsonNode document;
    private Random random;

    @BeforeEach
    void setTheScene() throws Exception {
        stage.reset();
        BroadcastMessage waiting = Cast.direct(Cast.BIRU, Cast.BUDI, Cast.aMinuteAgo());
        BroadcastMessage sent = Cast.campaign(Cast.MERAH, Cast.ANI, 1);
        String webhook = as(token)
                .body("{\"url\": \"https://crm.example\"}")
                .post("/api/v1/webhooks")
                .path("id");
        stage.store(waiting, sent);
        stage.release();
        events.settle(events.accepted(sent, 1), events.read(sent, 1));
        numbers.number(100);
        ids = List.of(waiting.id().toString(), sent.id().toString(), webhook, Cast.MERAH.toString());
        document = JSON.readTree(
                given().noFilters().get("/docs/dispatch/openapi?format=json").asString());
    }

    @AfterEach
    void clear() {
        stage.reset();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    @Timeout(120)
    void whatever_is_asked_the_answer_is_never_a_fault_of_ours(long seed) {
        random = new Random(seed);

        for (int round = 0; round < ROUNDS; round++) {
            document.path("paths").properties().stream()
                    .filter(path -> path.getKey().startsWith("/api/"))
                    .forEach(path -> path.getValue()
                            .properties()
                            .forEach(each -> ask(each.getKey(), path.getKey(), path.getValue(), each.getValue())));
        }

        assertThat(broken).isEmpty();
    }

    private void ask(String method, String path, JsonNode item, JsonNode operation) {
        if (!operation.has("operationId")) {
            return;
        }
        String filled = path;
        List<String> query = new ArrayList<>();
        for (JsonNode parameter : parameters(item, operation)) {
            String name = parameter.path("name").asText();
            String value = random.nextInt(3) == 0 ? ids.get(random.nextInt(ids.size())) : value();
            if (parameter.path("in").asText().equals("path")) {
                filled = filled.replace("{" + name + "}", value.isBlank() ? "-" : encoded(value));
            } else if (parameter.path("in").asText().equals("query") && !name.equals(WAITS) && random.nextInt(3) == 0) {
                query.add(name + "=" + encoded(value));
            }
        }
        String body = operation.has("requestBody") ? body(operation.path("requestBody")) : "";
        String url = query.isEmpty() ? filled : filled + "?" + String.join("&", query);
        RequestSpecification request = as(token).urlEncodingEnabled(false);
        if (!body.isEmpty()) {
            request.body(body);
        }
        Response answer = request.request(method.toUpperCase(Locale.ROOT), url);
        if (answer.statusCode() >= 500) {
            broken.add(answer.statusCode() + " " + method + " " + url + " " + body);
        }
    }

    private List<JsonNode> parameters(JsonNode item, JsonNode operation) {
        List<JsonNode> all = new ArrayList<>();
        item.path("parameters").forEach(each -> all.add(resolved(each)));
        operation.path("parameters").forEach(each -> all.add(resolved(each)));
        return all;
    }

    /** An object with some of the members of the schema, or something else. */
    private String body(JsonNode requestBody) {
        if (random.nextInt(8) == 0) {
            return List.of("", "[]", "7", "null", "{\"a\": ", "{\"colour\": 1}").get(random.nextInt(6));
        }
        JsonNode media = resolved(requestBody).path("content").path("application/json");
        ObjectNode object = JSON.createObjectNode();
        resolved(media.path("schema")).path("properties").properties().stream()
                .filter(_ -> random.nextInt(4) > 0)
                .forEach(member -> object.set(member.getKey(), member(member)));
        return object.toString();
    }

    /** Half of them as the document's example has them, so that what comes behind the first check is met too. */
    private JsonNode member(Map.Entry<String, JsonNode> member) {
        JsonNode example = resolved(member.getValue()).path("example");
        if (random.nextBoolean() && !example.isMissingNode()) {
            return example;
        }
        return switch (random.nextInt(6)) {
            case 0 -> JSON.getNodeFactory().numberNode(random.nextLong());
            case 1 -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
            case 2 -> JSON.getNodeFactory().nullNode();
            case 3 -> JSON.createArrayNode().add(value()).add(value());
            case 4 -> JSON.createObjectNode().put("a", value());
            default -> JSON.getNodeFactory().textNode(value());
        };
    }

    private JsonNode resolved(JsonNode node) {
        JsonNode reference = node.has("$ref")
                ? node.path("$ref")
                : StreamSupport.stream(node.path("allOf").spliterator(), false)
                        .map(each -> each.path("$ref"))
                        .filter(JsonNode::isTextual)
                        .findFirst()
                        .orElse(null);
        return reference == null ? node : document.at(reference.asText().substring(1));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static RequestSpecification as(String token) {
        return given().auth().oauth2(token).contentType("application/json");
    }

    private String value() {
        return VALUES.get(random.nextInt(VALUES.size()));
    }
}
