package io.siaran.bench;

import io.siaran.localstack.LocalKafka;
import io.siaran.localstack.LocalKeys;
import io.siaran.localstack.LocalPostgres;
import io.siaran.localstack.LocalPostgres.Durability;
import io.siaran.localstack.Ports;
import io.siaran.localstack.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Durable PostgreSQL, a broker in this process, and one service in its own, as an installation has them. */
public class ServiceSite implements AutoCloseable {

    public static final String USER = "bench";

    private static final Map<String, String> SETTINGS = Map.of(
            "shared_buffers", "1GB", "max_wal_size", "8GB", "checkpoint_timeout", "15min", "wal_compression", "on");

    private final Path home;
    private final String database;
    private final LocalPostgres postgres;
    private final LocalKafka kafka;
    private final LocalKeys keys;
    private final List<String> jvm;
    private final Map<String, String> environment;
    private final int port;
    private PackagedService service;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * Starts all of it.
     *
     * @param database e.g. {@code campaign}, whose service is {@code campaign-service}
     * @param jvm options of the service's JVM
     * @param settings of the service, as environment variables
     */
    protected ServiceSite(String database, List<String> jvm, Map<String, String> settings)
            throws SQLException, IOException, InterruptedException {
        this.home = Files.createTempDirectory("siaran-bench-" + database + "-");
        this.database = database;
        List<Integer> ports = Ports.free(4);
        this.postgres = postgres(home.resolve("postgres"), ports.get(0));
        this.kafka = LocalKafka.start(home.resolve("kafka"), ports.get(1), ports.get(2));
        this.keys = LocalKeys.in(home);
        postgres.createDatabases(List.of(database));
        kafka.createTopics();
        this.jvm = jvm;
        this.port = ports.get(3);
        this.environment = new HashMap<>(settings);
        environment.put("SIARAN_POSTGRES", postgres.address());
        environment.put("SIARAN_KAFKA", kafka.address());
        environment.put("SIARAN_JWT_PUBLIC_KEY", keys.publicKeyLocation());
        this.service = PackagedService.start(database + "-service", port, home, jvm, environment);
    }

    /** Kills the service, which ends nothing in order, and starts another; returns when that is ready. */
    protected void killAndStart() throws IOException, InterruptedException {
        service.kill();
        service = PackagedService.start(database + "-service", port, home, jvm, environment);
    }

    /** Twice: some settings are read at the start only. */
    private static LocalPostgres postgres(Path data, int port) throws SQLException {
        try (LocalPostgres first = LocalPostgres.start(data, port, Durability.DURABLE);
                Connection connection = first.connect("postgres");
                var statement = connection.createStatement()) {
            for (Map.Entry<String, String> setting : SETTINGS.entrySet()) {
                statement.execute("ALTER SYSTEM SET %s = '%s'".formatted(setting.getKey(), setting.getValue()));
            }
        }
        return LocalPostgres.start(data, port, Durability.DURABLE);
    }

    public Path home() {
        return home;
    }

    public String kafka() {
        return kafka.address();
    }

    public Connection connect() throws SQLException {
        return postgres.connect(database);
    }

    /** Runs statements; answers the first column of the first row of the last, or how many rows it changed. */
    public long sql(String... statements) throws SQLException {
        long answer = 0;
        try (Connection connection = connect();
                var running = connection.createStatement()) {
            for (String statement : statements) {
                if (running.execute(statement)) {
                    try (var rows = running.getResultSet()) {
                        answer = rows.next() ? rows.getLong(1) : 0;
                    }
                } else {
                    answer = running.getUpdateCount();
                }
            }
        }
        return answer;
    }

    /** Posts to the service as an operator of {@link #USER}; throws where the answer is no success. */
    public String post(String path, String type, BodyPublisher body) throws IOException, InterruptedException {
        return post(USER, path, type, body);
    }

    /** As another user. */
    public String post(String user, String path, String type, BodyPublisher body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
                .header("Authorization", "Bearer " + keys.token(user, Role.OPERATOR, Duration.ofHours(12)))
                .header("Content-Type", type)
                .POST(body)
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    /** The service's metrics, as Prometheus reads them. */
    protected String metrics() throws IOException, InterruptedException {
        return service.metrics();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        service.close();
        kafka.close();
        postgres.close();
        try (Stream<Path> files = Files.walk(home)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
