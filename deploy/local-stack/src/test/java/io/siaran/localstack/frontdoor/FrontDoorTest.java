package io.siaran.localstack.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.siaran.localstack.Ports;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrontDoorTest {

    private static final int KIB = 1_024;
    private static final DoorLimits SHORT = new DoorLimits(
            4 * KIB,
            16 * KIB,
            64 * KIB,
            256 * KIB,
            2_048 * KIB,
            2,
            1_000,
            Duration.ofMillis(800),
            Duration.ofMillis(1_500),
            // Long enough for a first request on a busy machine.
            Duration.ofMillis(1_500),
            Duration.ofMillis(1_500));

    private static final String HEAD = "Host: x\r\nAuthorization: Bearer t\r\n";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final RecordingService service = new RecordingService();
    private FrontDoor door = FrontDoor.open(service.upstream(), SHORT);

    @AfterEach
    void close() {
        http.close();
        door.close();
        service.close();
    }

    @Test
    void a_path_with_two_readings_is_a_problem_that_no_service_sees() throws Exception {
        // When
        HttpResponse<String> answer = get("/docs/campaign/%2e%2e/%2e%2e/q/metrics");

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body())
                .contains("\"type\":\"urn:siaran:problem:invalid_request\"", "\"code\":\"invalid_request\"")
                .contains("\"field\":\"path\"");
        assertThat(service.heard).isEmpty();
    }

    @Test
    void the_service_hears_from_the_front_door_alone_where_a_request_comes_from() throws Exception {
        // When
        HttpResponse<String> answer = http.send(
                request("/api/v1/leads")
                        .header("X-Forwarded-Host", "evil.example")
                        .header("X-Forwarded-For", "10.0.0.1")
                        .header("Forwarded", "host=evil.example")
                        .header("X-Request-Id", "crm-42")
                        .POST(BodyPublishers.ofString("Hai 🙂"))
                        .build(),
                BodyHandlers.ofString());

        // Then
        var heard = service.heard.getFirst();
        assertThat(heard.body()).isEqualTo("Hai 🙂");
        assertThat(heard.headers().getAll("X-Forwarded-Host")).containsExactly("127.0.0.1:" + door.port());
        assertThat(heard.headers().getAll("X-Forwarded-For")).containsExactly("127.0.0.1");
        assertThat(heard.headers().contains("Forwarded")).isFalse();
        assertThat(heard.headers().getAll("X-Request-Id")).containsExactly("crm-42");
        assertThat(answer.headers().firstValue("X-Request-Id")).hasValue("crm-42");
        assertThat(answer.headers().firstValue("X-Private")).isEmpty();
    }

    @Test
    void a_host_that_is_not_ours_and_an_id_that_could_forge_a_line_are_replaced() throws Exception {
        // When
        String answer = exchange(
                "GET /api/v1/leads HTTP/1.1\r\nHost: evil.example\r\nX-Request-Id: a b\r\nConnection: close\r\n\r\n");

        // Then
        assertThat(Wire.statuses(answer)).containsExactly(200);
        var headers = service.heard.getFirst().headers();
        assertThat(headers.getAll("Host")).containsExactly("127.0.0.1:" + door.port());
        assertThat(headers.get("X-Request-Id")).matches("[0-9a-f-]{36}");
    }

    @Test
    void a_body_that_never_comes_holds_no_connection_to_the_service_and_is_given_up() throws Exception {
        // Given
        List<Wire> callers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            callers.add(new Wire(door.port())
                    .write("POST /api/v1/leads HTTP/1.1\r\n" + HEAD + "Content-Length: 1000\r\n\r\n{"));
        }

        // When
        HttpResponse<String> other = get("/api/v1/leads");
        String answer = callers.getFirst().readToEnd();

        // Then
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(service.connections).hasValue(1);
        assertThat(Wire.statuses(answer)).containsExactly(408);
        for (Wire caller : callers) {
            caller.close();
        }
    }

    @Test
    void a_caller_who_goes_away_ends_the_request_at_the_service() throws Exception {
        // Given
        Wire caller = new Wire(door.port()).write("GET /api/v1/slow HTTP/1.1\r\n" + HEAD + "\r\n");
        await().until(() -> service.heard.size() == 1);

        // When
        caller.close();

        // Then
        await().atMost(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(service.connections).hasValue(0));
    }

    @Test
    void a_service_that_does_not_answer_in_time_is_a_504_and_loses_its_connection() throws Exception {
        // When
        HttpResponse<String> read = get("/api/v1/slow");
        HttpResponse<String> written = http.send(
                request("/api/v1/slow").POST(BodyPublishers.ofString("{}")).build(), BodyHandlers.ofString());

        // Then
        assertThat(read.statusCode()).isEqualTo(504);
        assertThat(read.headers().firstValue("Retry-After")).isPresent();
        assertThat(written.body()).contains("\"code\":\"gateway_timeout\"", "it may have carried out the request");
        await().untilAsserted(() -> assertThat(service.connections).hasValue(0));
    }

    @Test
    void a_service_that_is_down_is_a_503() throws Exception {
        // Given
        door.close();
        door = FrontDoor.open(new Upstream("only-service", "only", Ports.free(1).getFirst()), SHORT);

        // When
        HttpResponse<String> answer = get("/api/v1/leads");

        // Then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("2");
        assertThat(answer.body()).contains("\"code\":\"unavailable\"", "only-service is down");
    }

    @Test
    void a_body_that_is_too_large_is_refused_before_and_while_it_comes_and_the_connection_lives_on() throws Exception {
        // Given
        String large = "a".repeat(300 * KIB);
        String chunk = Integer.toHexString(large.length()) + "\r\n" + large + "\r\n0\r\n\r\n";

        // When
        String answers = exchange("POST /api/v1/leads HTTP/1.1\r\n" + HEAD + "Content-Length: " + large.length()
                + "\r\n\r\n" + large
                + "POST /api/v1/leads HTTP/1.1\r\n" + HEAD + "Transfer-Encoding: chunked\r\n\r\n" + chunk
                + "POST /api/v1/leads HTTP/1.1\r\nHost: x\r\nContent-Length: " + large.length() + "\r\n\r\n" + large
                + "GET /api/v1/leads HTTP/1.1\r\n" + HEAD + "Connection: close\r\n\r\n");

        // Then
        assertThat(Wire.statuses(answers)).containsExactly(413, 413, 401, 200);
        assertThat(answers).contains("\"code\":\"too_large\"", "WWW-Authenticate: Bearer");
        assertThat(service.heard).hasSize(1);
    }

    @Test
    void a_file_passes_on_its_path_while_it_comes_and_on_no_other() throws Exception {
        // Given
        byte[] file = new byte[2_000 * KIB];

        // When
        HttpResponse<String> announced = upload("/api/v1/leads/import", BodyPublishers.ofByteArray(file));
        HttpResponse<String> chunked = upload(
                "/api/v1/leads/import?dry_run=true",
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(file)));
        HttpResponse<String> elsewhere = upload("/api/v1/leads/bulk", BodyPublishers.ofByteArray(file));

        // Then
        assertThat(announced.body()).isEqualTo("heard " + file.length);
        assertThat(chunked.body()).isEqualTo("heard " + file.length);
        assertThat(elsewhere.statusCode()).isEqualTo(413);
        assertThat(service.heard).hasSize(2);
    }

    @Test
    void a_file_that_is_too_large_or_never_ends_is_given_up_and_the_next_one_passes() throws Exception {
        // Given
        byte[] large = new byte[2_100 * KIB];
        String head = "POST /api/v1/leads/import HTTP/1.1\r\n" + HEAD;

        // When
        String chunked = exchange(head + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                + Integer.toHexString(large.length) + "\r\n" + "a".repeat(large.length) + "\r\n0\r\n\r\n");
        String announced = exchange(head + "Content-Length: 300000000\r\n\r\n" + "a".repeat(KIB));
        String stops = exchange(head + "Content-Length: 1000\r\n\r\na");

        // Then
        assertThat(Wire.statuses(chunked)).containsExactly(413);
        assertThat(Wire.statuses(announced)).containsExactly(413);
        assertThat(Wire.statuses(stops)).containsExactly(408);
        assertThat(service.heard).isEmpty();
        await().untilAsserted(() -> assertThat(upload("/api/v1/leads/import", BodyPublishers.ofString("phone\n"))
                        .body())
                .isEqualTo("heard 6"));
    }

    @Test
    void no_more_files_come_at_once_than_the_service_has_room_for() throws Exception {
        // Given
        List<Wire> callers = new ArrayList<>();
        for (int i = 0; i < SHORT.uploads(); i++) {
            callers.add(new Wire(door.port())
                    .write("POST /api/v1/leads/import HTTP/1.1\r\n" + HEAD + "Content-Length: 1000\r\n\r\na"));
        }
        await().until(() -> service.connections.get() == SHORT.uploads());

        // When
        HttpResponse<String> another = upload("/api/v1/leads/import", BodyPublishers.ofString("phone\n"));

        // Then
        assertThat(another.statusCode()).isEqualTo(503);
        assertThat(another.headers().firstValue("Retry-After")).isPresent();
        for (Wire caller : callers) {
            caller.close();
        }
        await().untilAsserted(() -> assertThat(upload("/api/v1/leads/import", BodyPublishers.ofString("phone\n"))
                        .statusCode())
                .isEqualTo(200));
    }

    @Test
    void a_long_target_is_a_414_and_a_long_head_a_431() throws Exception {
        // When
        String target = exchange("GET /" + "a".repeat(5 * KIB) + " HTTP/1.1\r\n" + HEAD + "\r\n");
        String head = exchange("GET / HTTP/1.1\r\n" + HEAD + "X: " + "a".repeat(17 * KIB) + "\r\n\r\n");

        // Then
        assertThat(Wire.statuses(target)).containsExactly(414);
        assertThat(target).contains("\"code\":\"uri_too_long\"", "Content-Type: application/problem+json");
        assertThat(Wire.statuses(head)).containsExactly(431);
        assertThat(head).contains("\"code\":\"headers_too_large\"");
    }

    @Test
    void a_head_that_never_ends_is_given_up_however_slowly_it_comes() throws Exception {
        // Given
        long begun = System.nanoTime();
        try (Wire caller = new Wire(door.port())) {
            caller.write("GET / HTTP/1.1\r\nHost: x\r\n");
            Thread drops = Thread.startVirtualThread(() -> dropByDrop(caller));

            // When
            String answer = caller.readToEnd();

            // Then
            assertThat(Wire.statuses(answer)).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
            drops.join();
        }
    }

    private static void dropByDrop(Wire caller) {
        try {
            for (int i = 0; i < 100; i++) {
                caller.write("X-" + i + ": x\r\n");
                Thread.sleep(50);
            }
        } catch (IOException closed) {
            // As it should be.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void what_could_smuggle_a_second_request_does_not() throws Exception {
        // Given
        List<String> twisted = List.of(
                "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /q/metrics HTTP/1.1\r\nHost: x\r\n\r\n",
                "Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}GET /q/metrics HTTP/1.1\r\nHost: x\r\n\r\n",
                "Content-Length: -1\r\n\r\n{}",
                "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}\r\n0\r\n\r\n",
                "Content-Length : 5\r\n\r\n");

        for (String rest : twisted) {
            // When
            String answers = exchange("POST /api/v1/queue/resume HTTP/1.1\r\n" + HEAD + rest);

            // Then
            assertThat(Wire.statuses(answers)).as(rest).allMatch(status -> status < 500);
        }
        assertThat(Wire.statuses(exchange("GET / HTTP/9.9\r\n" + HEAD + "\r\n")))
                .allMatch(status -> status < 500);
        assertThat(exchange("TRACE / HTTP/1.1\r\n" + HEAD + "Connection: close\r\n\r\n"))
                .contains(" 405 ", "Allow: GET");
        assertThat(service.heard)
                .allMatch(each -> each.line().endsWith("/api/v1/queue/resume")
                        || each.line().endsWith("/q/metrics"));
    }

    @Test
    void the_merged_document_is_one_of_the_front_doors_own_pages() throws Exception {
        // When
        HttpResponse<String> answer = get("/docs/openapi.json");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"openapi\" : \"3.0.3\"", "/api/v1/leads");
    }

    private String exchange(String bytes) throws IOException {
        try (Wire caller = new Wire(door.port())) {
            return caller.write(bytes).readToEnd();
        }
    }

    private HttpResponse<String> upload(String path, HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        return http.send(
                request(path).header("Authorization", "Bearer t").POST(body).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + path))
                .timeout(Duration.ofSeconds(10));
    }
}
