package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a caller who is wrong gets, through the front door, from whichever service answers. */
@ExtendWith(PackagedStack.class)
class RefusalsIT {

    /** Far below the seconds for which a service waits for a device that may be on the way. */
    private static final Duration AT_ONCE = Duration.ofMillis(800);

    private final PackagedStack.Running siaran;
    private final Crm crm;

    RefusalsIT(PackagedStack.Running siaran) {
        this.siaran = siaran;
        this.crm = siaran.shop("kedai-silap").crm();
    }

    @Test
    void a_wrong_token_is_401() {
        // Given
        Crm stranger = new Crm(siaran.stack().baseUrl(), "not.a.token");

        // When / Then
        for (String path : new String[] {"/leads", "/sequences", "/messages", "/devices"}) {
            assertProblem(stranger.exchange("GET", path, ""), 401);
        }
    }

    @Test
    void a_malformed_body_is_400() {
        for (String path : new String[] {"/leads", "/sequences", "/messages", "/devices"}) {
            assertProblem(crm.exchange("POST", path, "{\"name\": "), 400);
        }
    }

    @Test
    void an_unknown_device_is_400_and_names_the_field() {
        // Given
        UUID nobodys = UUID.randomUUID();

        // When
        HttpResponse<String> lead = crm.exchange(
                "POST",
                "/leads",
                "{\"device_id\":\"" + nobodys + "\",\"name\":\"Ani\",\"phone\":\"0123456789\",\"niche\":\"a\","
                        + "\"target_status\":\"prospect\"}");
        HttpResponse<String> message = crm.exchange(
                "POST", "/messages", "{\"device_id\":\"" + nobodys + "\",\"phone\":\"0123456789\",\"message\":\"hi\"}");

        // Then
        for (HttpResponse<String> answer : java.util.List.of(lead, message)) {
            JsonNode problem = assertProblem(answer, 400);
            assertThat(problem.at("/violations/0/field").asText()).isEqualTo("device_id");
        }
    }

    /** One of ten: a machine may be busy, but who waits for what is not on the way waits each time. */
    @Test
    void an_unknown_device_is_refused_at_once_when_nothing_is_on_the_way() {
        assertThat(IntStream.range(0, 10).anyMatch(_ -> isRefusedAtOnce(UUID.randomUUID())))
                .as("one of ten is refused within " + AT_ONCE)
                .isTrue();
    }

    private boolean isRefusedAtOnce(UUID nobodys) {
        long asked = System.nanoTime();
        HttpResponse<String> answer = crm.exchange(
                "POST", "/messages", "{\"device_id\":\"" + nobodys + "\",\"phone\":\"0123456789\",\"message\":\"hi\"}");
        Duration took = Duration.ofNanos(System.nanoTime() - asked);
        assertProblem(answer, 400);
        return took.compareTo(AT_ONCE) < 0;
    }

    @Test
    void a_path_that_nobody_serves_is_404() {
        assertProblem(crm.exchange("GET", "/nothing", ""), 404);
    }

    private static JsonNode assertProblem(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.uri() + ": " + answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonNode problem = Crm.tree(answer.body());
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("title").asText()).isNotBlank();
        return problem;
    }
}
