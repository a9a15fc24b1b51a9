package io.siaran.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siaran.localstack.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stack with real servers and stand-ins for the services. */
class LocalStackTest {

    private static final List<String> PROGRESS = new CopyOnWriteArrayList<>();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path directory;

    private static StackSettings settings;
    private static LocalStack stack;

    @BeforeAll
    static void start() throws IOException {
        settings = StackSettings.onFreePorts(
                FakeRepository.in(directory), directory.resolve("home"), Replicas.parse("dispatch=2"));
        stack = new LocalStack(settings, true, PROGRESS::add).start();
    }

    @AfterAll
    static void everything_ends_and_every_port_is_free_again() {
        // When
        stack.close();

        // Then
        assertThat(settings.ports().values()).noneMatch(Ports::inUse);
        assertThat(settings.replicas().instances())
                .map(settings::address)
                .noneMatch(address -> Ports.inUse(address.port()) || Ports.inUse(address.managementPort()));
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
        assertThat(directory.resolve("home/run")).isDirectoryNotContaining("glob:**.json");
    }

    @Test
    void the_front_door_passes_on_method_path_query_and_body() throws Exception {
        // When
        HttpResponse<String> answer = post("/api/v1/campaigns/7/trigger?limit=5", "Hai Ani 🙂");

        // Then
        assertThat(answer.body()).isEqualTo("POST /api/v1/campaigns/7/trigger?limit=5 Hai Ani 🙂");
    }

    @Test
    void a_path_that_nobody_answers_for_is_a_problem() throws Exception {
        // When
        HttpResponse<String> answer = get("/api/v1/contacts");

        // Then
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("\"status\":404", "\"instance\":\"/api/v1/contacts\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/docs", "/docs/"})
    void the_first_page_names_the_document_of_every_service(String path) throws Exception {
        HttpResponse<String> page = get(path);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("/docs/openapi.json");
        assertThat(page.body()).contains("/docs/campaign/", "/docs/sequence/", "/docs/dispatch/", "/docs/gateway/");
    }

    @Test
    void only_the_gateway_gets_the_key_of_the_credentials() throws Exception {
        assertThat(get("/api/v1/devices/key").body()).isEqualTo("key true");
        assertThat(get("/api/v1/leads/key").body()).isEqualTo("key false");
        assertThat(get("/api/v1/sequences/key").body()).isEqualTo("key false");
        assertThat(get("/api/v1/messages/key").body()).isEqualTo("key false");
    }

    @Test
    void a_service_of_this_machine_has_few_connections() throws Exception {
        assertThat(get("/api/v1/devices/connections").body()).isEqualTo("connections 4");
        assertThat(get("/api/v1/leads/connections").body()).isEqualTo("connections 4");
    }

    @Test
    void the_database_of_this_machine_keeps_little_that_the_kernel_keeps_as_well() throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://%s/postgres".formatted(settings.postgres()), "postgres", "postgres");
                ResultSet row = connection.createStatement().executeQuery("SHOW shared_buffers")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("16MB");
        }
    }

    @Test
    void a_broken_connection_is_no_promise_that_nothing_was_done() throws Exception {
        // When
        HttpResponse<String> answer = post("/api/v1/sequences/hang-up", "{}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("it may have carried out the request");
    }

    @Test
    void the_processes_of_a_service_take_turns_and_one_takes_all_while_the_other_is_down() throws Exception {
        // Given
        String one = stack.service("dispatch").url().split(":")[2];
        String two = stack.service("dispatch-2").url().split(":")[2];
        assertThat(List.of(
                        post("/api/v1/queue/port", "").body(),
                        post("/api/v1/queue/port", "").body()))
                .containsExactlyInAnyOrder("port " + one, "port " + two);

        // When
        stack.service("dispatch-2").kill();

        // Then
        assertThat(List.of(
                        post("/api/v1/queue/port", "").body(),
                        post("/api/v1/queue/port", "").body()))
                .containsOnly("port " + one);
        stack.service("dispatch-2").awaitHealthy(Duration.ofSeconds(30));
        assertThat(directory.resolve("home/run/dispatch-service-2.json")).exists();
        assertThat(directory.resolve("home/logs/dispatch-service-2.log")).exists();
    }

    @Test
    void a_killed_service_is_a_503_until_it_is_back_by_itself() throws Exception {
        // Given
        ServiceProcess sequence = stack.service("sequence");
        long before = sequence.pid();

        // When
        sequence.kill();
        HttpResponse<String> meanwhile = get("/api/v1/sequences");
        sequence.awaitHealthy(Duration.ofSeconds(30));

        // Then
        assertThat(meanwhile.statusCode()).isEqualTo(503);
        assertThat(meanwhile.headers().firstValue("Retry-After")).isPresent();
        assertThat(get("/api/v1/sequences").statusCode()).isEqualTo(200);
        assertThat(sequence.pid()).isNotEqualTo(before);
        assertThat(PROGRESS).contains("sequence-service ended with code 137, starting it again in 1 s");
    }

    @Test
    void a_second_stack_on_the_same_ports_is_refused_and_leaves_nothing_running() {
        // Given
        StackSettings other = new StackSettings(directory, directory.resolve("other"), settings.ports());

        // When, Then
        assertThatThrownBy(() -> new LocalStack(other, true, PROGRESS::add).start())
                .isInstanceOf(StackRefused.class)
                .hasMessageContaining("the front door) is in use: set SIARAN_PORT");
        assertThat(directory.resolve("other/postgres")).doesNotExist();
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(request(path).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return HTTP.send(request(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(stack.baseUrl() + path)).timeout(Duration.ofSeconds(10));
    }
}
