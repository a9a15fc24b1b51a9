package io.siaran.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WablasSimulatorTest {

    private static final String MERAH = "sim-merah";
    private static final String ANI = "60123456789";

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private SimulatorServer server;

    @BeforeEach
    void start() {
        server = SimulatorServer.start(0, directory.resolve("ledger.jsonl"));
    }

    @AfterEach
    void stop() {
        server.close();
        http.close();
    }

    @Test
    void a_text_is_accepted_and_reaches_the_phone_as_written() throws Exception {
        // Given
        String text = "Selamat pagi Ani,\n\n*50%* off & more: https://kedai.my/?a=b+c 🙂";

        // When
        HttpResponse<String> answer = send(MERAH + ".secret", Map.of("phone", ANI, "message", text, "ref_id", "m-1"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"status\":true", "\"device_id\":\"sim-merah\"", "\"ref_id\":\"m-1\"", "\"quota\":");
        assertThat(ledger("?ref_id=m-1"))
                .contains("\"device\":\"sim-merah\"", "\"phone\":\"60123456789\"", "\\n\\n*50%* off & more")
                .contains("a=b+c 🙂");
    }

    @Test
    void the_longest_text_of_emoji_fits_and_one_more_does_not() throws Exception {
        // When
        HttpResponse<String> longest = send(MERAH, Map.of("phone", ANI, "message", "🙂".repeat(1_024)));
        HttpResponse<String> longer = send(MERAH, Map.of("phone", ANI, "message", "🙂".repeat(1_025)));

        // Then
        assertThat(longest.body()).contains("\"status\":true");
        assertThat(longer.body()).contains("\"status\":false", "1024 characters");
        assertThat(deliveries()).isEqualTo(1);
    }

    @Test
    void an_image_reaches_the_phone_with_its_caption() throws Exception {
        // When
        post(
                "/wablas/api/send-image",
                MERAH,
                form(Map.of("phone", ANI, "image", "https://kedai.my/a.jpg", "caption", "Hai")));

        // Then
        assertThat(ledger("?device=sim-merah"))
                .contains("\"media_url\":\"https://kedai.my/a.jpg\"", "\"text\":\"Hai\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        expired      | 500 | token invalid or device expired
        disconnected | 200 | device disconnected, need to scan qr code again
        """)
    void a_device_that_is_not_connected_sends_nothing(String status, int code, String words) throws Exception {
        // Given
        post("/control/devices/sim-merah", null, "{\"status\":\"%s\"}".formatted(status));

        // When
        HttpResponse<String> answer = send(MERAH, Map.of("phone", ANI, "message", "Hai"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(code);
        assertThat(answer.body()).contains("\"status\":false", words);
        assertThat(deliveries()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"kind":"token_expired"}                         | 500 | 0 | token invalid or device expired
        {"kind":"rate_limited","retry_after_seconds":30} | 429 | 0 | too many requests
        {"kind":"server_error"}                          | 500 | 0 | internal server error
        {"kind":"gateway_timeout"}                       | 504 | 1 | <h1>504 Gateway Time-out</h1>
        {"kind":"slow_body","delay_ms":50}               | 200 | 1 | "status":true
        {"kind":"html_bad_gateway"}                      | 502 | 0 | <h1>502 Bad Gateway</h1>
        {"kind":"html_bad_gateway","delivered":true}     | 502 | 1 | <h1>502 Bad Gateway</h1>
        {"kind":"unknown_number"}                        | 200 | 0 | phone number not registered on whatsapp
        {"kind":"logout"}                                | 200 | 0 | device disconnected
        """)
    void a_fault_shows_its_answer_and_the_ledger_tells_the_truth(String fault, int code, int delivered, String words)
            throws Exception {
        // Given
        post("/control/faults", null, fault);

        // When
        HttpResponse<String> answer = send(MERAH, Map.of("phone", ANI, "message", "Hai"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(code);
        assertThat(answer.body()).contains(words);
        assertThat(deliveries()).isEqualTo(delivered);
    }

    @ParameterizedTest
    @CsvSource({"false, 0", "true, 1"})
    void a_reset_leaves_the_caller_without_an_answer(boolean delivered, int expected) throws Exception {
        // Given
        post("/control/faults", null, "{\"kind\":\"reset\",\"delivered\":%s}".formatted(delivered));

        // When, Then
        assertThatThrownBy(() -> send(MERAH, Map.of("phone", ANI, "message", "Hai")))
                .isInstanceOf(IOException.class);
        assertThat(deliveries()).isEqualTo(expected);
    }

    @Test
    void a_rate_limit_says_when_to_come_back() throws Exception {
        // Given
        post("/control/faults", null, "{\"kind\":\"rate_limited\",\"retry_after_seconds\":30}");

        // When
        HttpResponse<String> answer = send(MERAH, Map.of("phone", ANI, "message", "Hai"));

        // Then
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("30");
    }

    @Test
    void a_logout_in_mid_send_is_seen_by_the_next_health_check() throws Exception {
        // Given
        post("/control/faults", null, "{\"kind\":\"logout\",\"count\":1}");

        // When
        send(MERAH, Map.of("phone", ANI, "message", "Hai"));

        // Then
        assertThat(get("/wablas/api/device/info?token=sim-merah"))
                .contains("\"status\":true", "\"status\":\"disconnected\"");
    }

    @Test
    void a_token_that_nobody_registered_is_invalid_and_a_simulated_one_is_connected() throws Exception {
        assertThat(get("/wablas/api/device/info?token=stolen")).contains("token invalid or device expired");
        assertThat(get("/wablas/api/device/info?token=sim-biru")).contains("\"status\":\"connected\"");
    }

    @Test
    void a_fault_of_an_unknown_kind_is_refused() throws Exception {
        // When
        HttpResponse<String> answer = post("/control/faults", null, "{\"kind\":\"earthquake\"}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(get("/control/faults")).isEqualTo("{\"items\":[]}");
    }

    private HttpResponse<String> send(String credential, Map<String, String> fields) throws Exception {
        return post("/wablas/api/send-message", credential, form(fields));
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private HttpResponse<String> post(String path, String credential, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body));
        if (credential != null) {
            request.header("Authorization", credential);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private String get(String path) throws Exception {
        URI uri = URI.create(server.url() + path);
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    private String ledger(String query) throws Exception {
        return get("/ledger" + query);
    }

    private int deliveries() throws Exception {
        return ledger("").split("\"seq\":", -1).length - 1;
    }
}
