package io.siaran.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhonesPageTest {

    private static final String ANI = "60123456789";
    private static final String BUDI = "60123456788";
    private static final String HOSTILE = "</script><img src=x onerror=alert(1)> \u202e *bold*";

    private final HttpClient http = HttpClient.newHttpClient();
    private final SimulatorServer server = SimulatorServer.startInMemory();

    @AfterEach
    void stop() {
        server.close();
        http.close();
    }

    @Test
    void a_phone_is_one_conversation_whoever_writes_to_it_and_the_latest_comes_first() throws Exception {
        // Given
        send("sim-merah", ANI, "one");
        send("sim-merah", BUDI, "two");
        send("sim-biru", ANI, "three");

        // When
        JsonNode view = phones("?selected=" + ANI);

        // Then
        assertThat(view.get("phones").asInt()).isEqualTo(2);
        assertThat(view.findValuesAsText("phone").subList(0, 2)).contains(ANI);
        assertThat(view.at("/conversations/0/phone").asText()).isEqualTo(ANI);
        assertThat(view.at("/conversations/0/count").asInt()).isEqualTo(2);
        assertThat(view.at("/selected/messages").findValuesAsText("text")).containsExactly("one", "three");
        assertThat(view.at("/selected/messages").findValuesAsText("device")).containsExactly("sim-merah", "sim-biru");
    }

    @ParameterizedTest
    @ValueSource(strings = {"6788", "+60 12-345 6788", "biru"})
    void a_search_finds_a_phone_in_any_spelling_or_its_sender(String search) throws Exception {
        // Given
        send("sim-merah", ANI, "one");
        send("sim-biru", BUDI, "two");

        // When
        JsonNode view = phones("?q=" + URLEncoder.encode(search, StandardCharsets.UTF_8));

        // Then
        assertThat(view.get("found").asInt()).isEqualTo(1);
        assertThat(view.at("/conversations/0/phone").asText()).isEqualTo(BUDI);
    }

    @Test
    void nothing_new_is_not_told_again() throws Exception {
        // Given
        send("sim-merah", ANI, "one");
        String version = phones("").get("version").asText();

        // When
        int before = get("/phones?known=" + version).statusCode();
        send("sim-merah", ANI, "two");
        int after = get("/phones?known=" + version).statusCode();

        // Then
        assertThat(before).isEqualTo(204);
        assertThat(after).isEqualTo(200);
    }

    @Test
    void what_is_shown_is_bounded_however_much_there_is() throws Exception {
        // Given
        for (int i = 0; i < 250; i++) {
            send("sim-merah", ANI, "🙂".repeat(1_000));
            send("sim-merah", "601200%05d".formatted(i), "text " + i);
        }

        // When
        HttpResponse<String> answer = get("/phones?selected=" + ANI);
        JsonNode view = new ObjectMapper().readTree(answer.body());

        // Then
        assertThat(view.get("found").asInt()).isEqualTo(251);
        assertThat(view.get("conversations")).hasSize(200);
        assertThat(view.at("/selected/count").asInt()).isEqualTo(250);
        assertThat(view.at("/selected/messages")).hasSize(200);
    }

    @Test
    void hostile_text_is_data_and_the_page_lets_nothing_run_that_is_not_its_own() throws Exception {
        // Given
        send("sim-merah", HOSTILE, HOSTILE);

        // When
        HttpResponse<String> page = get("/");

        // Then
        assertThat(phones("").at("/conversations/0/last/text").asText()).isEqualTo(HOSTILE);
        assertThat(get("/phones").headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(page.body()).doesNotContain("onerror", "<script>").contains("src=\"/page/phones.js\"");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(get("/page/phones.js").body())
                .contains("textContent")
                .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
    }

    @Test
    void a_fault_is_explained_listed_and_switched_off_by_itself() throws Exception {
        // Given
        post("/control/faults", "{\"kind\":\"unknown_number\",\"device\":\"sim-merah\"}", null);
        post("/control/faults", "{\"kind\":\"rate_limited\",\"retry_after_seconds\":30}", null);
        send("sim-merah", ANI, "one");
        JsonNode faults =
                new ObjectMapper().readTree(get("/control/faults").body()).get("items");

        // When
        http.send(
                request("/control/faults/" + faults.at("/0/id").asText())
                        .DELETE()
                        .build(),
                BodyHandlers.discarding());

        // Then
        assertThat(faults.at("/0/strikes").asInt()).isEqualTo(1);
        assertThat(get("/control/faults").body()).contains("rate_limited").doesNotContain("unknown_number");
        assertThat(get("/control/fault-kinds").body()).contains("not on WhatsApp", "\"options\":[\"delay_ms\"]");
        assertThat(get("/control/devices").body()).contains("{\"token\":\"sim-merah\",\"status\":\"connected\"}");
    }

    @Test
    void a_page_of_somebody_else_switches_nothing_and_reads_nothing() throws Exception {
        // When
        int foreign = post("/control/faults", "{\"kind\":\"reset\"}", "http://evil.example");
        int own = post("/control/faults", "{\"kind\":\"reset\"}", server.url());

        // Then
        assertThat(foreign).isEqualTo(403);
        assertThat(own).isEqualTo(204);
    }

    private void send(String device, String phone, String text) throws Exception {
        String form = "phone=" + URLEncoder.encode(phone, StandardCharsets.UTF_8) + "&message="
                + URLEncoder.encode(text, StandardCharsets.UTF_8);
        http.send(
                request("/wablas/api/send-message")
                        .header("Authorization", device)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    private int post(String path, String body, String origin) throws Exception {
        HttpRequest.Builder request = request(path).POST(BodyPublishers.ofString(body));
        if (origin != null) {
            request.header("Origin", origin);
        }
        return http.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private JsonNode phones(String query) throws Exception {
        return new ObjectMapper().readTree(get("/phones" + query).body());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + path));
    }
}
