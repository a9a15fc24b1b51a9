package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.siaran.localstack.LocalKeys;
import io.siaran.localstack.LocalSecret;
import io.siaran.localstack.Ports;
import io.siaran.localstack.Role;
import io.siaran.localstack.launcher.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * dispatch-service as the chart starts it, at a PostgreSQL and a Kafka that take nobody in without TLS and a password. Every client
 * that it has is made in one place for all services.
 */
class SecuredServersIT {

    private static final Service DISPATCH = Service.DISPATCH;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern INCOMING = Pattern.compile("mp\\.messaging\\.incoming\\.([^.]+)\\.topic=.*");

    /** Both as generators of passwords make them. */
    private static final String DATABASE_PASSWORD = "d4t'a$b\\ase";

    private static final String KAFKA_PASSWORD = "k4f'k$a;=";

    private static final Path HOME = PackagedStack.temporaryHome();

    private static SecuredServers servers;
    private static LocalKeys keys;

    private final List<Integer> ports = Ports.free(2);
    private final Path log = HOME.resolve("dispatch-" + ports.getFirst() + ".log");
    private Process process;

    @BeforeAll
    static void start() {
        servers = new SecuredServers(HOME, DATABASE_PASSWORD);
        keys = LocalKeys.in(HOME.resolve("keys"));
    }

    @AfterAll
    static void end() {
        servers.close();
        PackagedStack.delete(HOME);
    }

    @AfterEach
    void kill() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    @Test
    void every_client_of_a_service_works_as_soon_as_its_password_is_right() throws Exception {
        // Given
        InstalledChart chart = chart(Map.of("migrations.mode", "start"));
        servers.kafkaTakes(KAFKA_PASSWORD);
        assertThat(said(chart.topicsJob())).contains("created plans");
        servers.kafkaTakes("another one");
        assertThat(said(chart.topicsJob())).contains("did not let me: Authentication failed");
        assertThat(said(deadLetters(chart, "list"))).contains("did not let me: Authentication failed");

        // When
        start(chart.service(DISPATCH));

        // Then
        await().atMost(PATIENCE)
                .failFast("the service ended", () -> !process.isAlive())
                .untilAsserted(() -> assertThat(Files.readString(log))
                        .containsPattern("WARN .*outbox relay pauses .*invalid credentials")
                        .containsPattern("WARN .*Failed to poll .*channel `plans`.*invalid credentials"));

        // When
        servers.kafkaTakes(KAFKA_PASSWORD);

        // Then
        List<String> topics = incomingTopics();
        PlainKafka kafka = servers.plainKafka();
        kafka.putNonsenseOn(topics);
        await("intake of each topic, and the publisher of dead letters")
                .atMost(PATIENCE)
                .until(() -> kafka.deadLettersOf(topics) == topics.size());
        assertThat(said(deadLetters(chart, "list")))
                .contains(
                        topics.stream().map(topic -> topic + "-dlq: 1 waiting").toList());
        assertThat(said(deadLetters(chart, "redrive", "plans"))).contains("1 records are back");
        assertThat(said(chart.topicsJob())).doesNotContain("created", "did not let me");
        putInTheOutbox("message-status");
        await("the relay").atMost(PATIENCE).until(() -> kafka.hasSomeOn("message-status"));
        assertThat(answerToAMessageByAnUnknownDevice())
                .as("whoever asks Kafka what is on the way has an answer")
                .isEqualTo(400);
        assertThat(connections("ssl")).containsOnlyKeys("PostgreSQL JDBC Driver", "vertx-pg-client");
        assertThat(connections("NOT ssl")).isEmpty();
    }

    @Test
    void a_database_whose_certificate_is_of_another_host_is_not_talked_to() throws Exception {
        InstalledChart elsewhere = chart(Map.of("postgresql.host", "127.0.0.1"));

        start(elsewhere.service(DISPATCH));

        assertThat(said(elsewhere.migration(DISPATCH))).contains("The hostname 127.0.0.1 could not be verified");
        assertThat(process.onExit().get().exitValue()).isNotZero();
        assertThat(Files.readString(log)).contains("SSL handshake failed");
    }

    @Test
    void a_wrong_password_of_the_database_is_told_by_who_migrates() throws Exception {
        InstalledChart chart = new InstalledChart(values(Map.of()), secrets("a wrong one"), HOME);

        assertThat(said(chart.migration(DISPATCH))).contains("password authentication failed for user \"siaran\"");
    }

    private static InstalledChart chart(Map<String, String> more) throws IOException {
        return new InstalledChart(values(more), secrets(DATABASE_PASSWORD), HOME);
    }

    private static Map<String, String> values(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Map.ofEntries(
                Map.entry("postgresql.host", "localhost"),
                Map.entry("postgresql.port", Integer.toString(servers.postgresPort())),
                Map.entry("postgresql.sslMode", "verify-full"),
                Map.entry("postgresql.caSecret.name", "database-ca"),
                Map.entry("kafka.bootstrapServers", "localhost:" + servers.kafkaPort()),
                Map.entry("kafka.securityProtocol", "SASL_SSL"),
                Map.entry("kafka.saslMechanism", SecuredServers.MECHANISM),
                Map.entry("kafka.jaasSecret.name", "kafka-login"),
                Map.entry("kafka.caSecret.name", "kafka-ca"),
                Map.entry("kafka.topics.replication", "1"),
                Map.entry("auth.publicKeySecret.name", "token-key"),
                Map.entry("logging.json", "false"),
                Map.entry("networkPolicies.enabled", "false")));
        values.putAll(more);
        return values;
    }

    private static Map<String, Map<String, String>> secrets(String databasePassword) throws IOException {
        Path ours = HOME.resolve("keys");
        return Map.of(
                "siaran-postgresql", Map.of("username", SecuredServers.USER, "password", databasePassword),
                "database-ca", Map.of("ca.crt", servers.certificate()),
                "kafka-ca", Map.of("ca.crt", servers.certificate()),
                "kafka-login", Map.of("sasl.jaas.config", SecuredServers.kafkaLogin(KAFKA_PASSWORD)),
                "token-key", Map.of("public-key.pem", Files.readString(Path.of(URI.create(keys.publicKeyLocation())))),
                "siaran-person", Map.of("person-key", LocalSecret.derived(ours, "people")),
                "siaran-dispatch", Map.of("webhook-key", LocalSecret.derived(ours, "webhooks")));
    }

    private void start(ProcessBuilder service) throws IOException {
        service.environment().put("SIARAN_HTTP_PORT", ports.getFirst().toString());
        service.environment().put("SIARAN_MANAGEMENT_PORT", ports.getLast().toString());
        process = service.redirectOutput(log.toFile()).start();
    }

    private static ProcessBuilder deadLetters(InstalledChart chart, String... words) {
        return chart.inService(
                DISPATCH,
                Stream.concat(
                                Stream.of("java", "-cp", "/app/lib/main/*", "io.siaran.kafka.DeadLetters"),
                                Stream.of(words))
                        .toArray(String[]::new));
    }

    private static String said(ProcessBuilder command) throws IOException {
        return new String(command.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static List<String> incomingTopics() throws IOException {
        Path properties = PackagedStack.REPOSITORY
                .resolve(DISPATCH.module())
                .resolve("src/main/resources/application.properties");
        return Files.readAllLines(properties).stream()
                .map(INCOMING::matcher)
                .filter(line -> line.matches())
                .map(line -> line.group(1))
                .toList();
    }

    private static void putInTheOutbox(String topic) throws SQLException {
        try (var connection = servers.look();
                var statement = connection.prepareStatement(
                        "INSERT INTO outbox (topic, key, payload) VALUES (?, 'told', '{}')")) {
            statement.setString(1, topic);
            statement.execute();
        }
    }

    private int answerToAMessageByAnUnknownDevice() throws Exception {
        String body = "{\"device_id\": \"019a0000-0000-7000-8000-000000000001\", \"recipient_phone\": \"60123456789\","
                + " \"message\": \"Hello\"}";
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.getFirst() + "/api/v1/messages"))
                            .header("Authorization", "Bearer " + keys.token("ani", Role.OPERATOR, PATIENCE))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
            return answer.statusCode();
        }
    }

    /** Siaran's by the name of the driver. */
    private static Map<String, Integer> connections(String condition) throws SQLException {
        Map<String, Integer> connections = new HashMap<>();
        try (var connection = servers.look();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT application_name, count(*) FROM pg_stat_activity"
                        + " JOIN pg_stat_ssl USING (pid) WHERE usename = '" + SecuredServers.USER + "' AND " + condition
                        + " GROUP BY 1")) {
            while (rows.next()) {
                connections.put(rows.getString(1), rows.getInt(2));
            }
        }
        return connections;
    }
}
