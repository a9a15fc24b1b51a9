package io.siaran.e2e.gateway;

import static org.awaitility.Awaitility.await;

import io.siaran.localstack.LocalKafka;
import io.siaran.localstack.LocalKeys;
import io.siaran.localstack.LocalPostgres;
import io.siaran.localstack.LocalPostgres.Durability;
import io.siaran.localstack.LocalSecret;
import io.siaran.localstack.Ports;
import io.siaran.localstack.Role;
import io.siaran.localstack.simulator.SimulatorServer;
import io.siaran.model.DeviceId;
import io.siaran.model.Json;
import io.siaran.model.UserId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** The gateways of one group and the servers that they share. */
final class GatewayGroup implements AutoCloseable {

    static final UserId SINAR = new UserId("toko-sinar");
    static final String GROUP = "gateway-sends";

    private static final Path MODULE =
            Path.of("../../device-gateway").toAbsolutePath().normalize();

    /**
     * The order of the limits is the one of an installation, only shorter: a silent member is dropped after 6 s, a call is cut
     * after 4 s and rescued 3 s later. One statement at a time: whoever holds a row holds up the whole journal of a process.
     */
    private static final Map<String, String> LIMITS = Map.of(
            "MP_MESSAGING_CONNECTOR_SMALLRYE_KAFKA_SESSION_TIMEOUT_MS", "6000",
            "MP_MESSAGING_CONNECTOR_SMALLRYE_KAFKA_HEARTBEAT_INTERVAL_MS", "2000",
            "SIARAN_GATEWAY_CALL_TIMEOUT", "4s",
            "SIARAN_GATEWAY_JOURNAL_SETTLE_GRACE", "3s",
            "SIARAN_GATEWAY_LANE_SHUTDOWN_LIMIT", "6s",
            "SIARAN_GATEWAY_JOURNAL_STATEMENTS_AT_ONCE", "1");

    private static final String STATIC_MEMBER = """
            mp.messaging.incoming.device-sends.group.instance.id=${POD_NAME}
            mp.messaging.incoming.device-sends.session.timeout.ms=90000
            """;

    /** Longer than every one of {@link #LIMITS}: the others have gone on, and the rescue has been. */
    static final Duration LONG_SILENCE = Duration.ofSeconds(14);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path home = temporaryHome();
    private final List<Integer> ports = Ports.free(3);
    private final SimulatorServer simulator = SimulatorServer.startInMemory();
    private final LocalKafka kafka = LocalKafka.start(home.resolve("kafka"), ports.get(1), ports.get(2));
    private final LocalKeys keys = LocalKeys.in(home);
    private final List<GatewayProcess> members = new ArrayList<>();
    private LocalPostgres postgres = startPostgres();

    GatewayGroup() {
        postgres.createDatabases(List.of("gateway"));
        kafka.createTopics();
    }

    /** A device of Sinar, online, and its token. */
    record Device(DeviceId id, String token) {}

    private record Registered(DeviceId id) {}

    /** So many members, no more and no fewer: the oldest ones, joined by new ones where some are missing. */
    List<GatewayProcess> members(int count) throws Exception {
        while (members.size() > count) {
            end(members.getLast());
        }
        while (members.size() < count) {
            join();
        }
        return List.copyOf(members);
    }

    void kill(GatewayProcess member) throws InterruptedException {
        member.kill();
        members.remove(member);
    }

    /** Ends it as an orchestrator does; answers how long that took. */
    Duration end(GatewayProcess member) throws InterruptedException {
        members.remove(member);
        return member.end();
    }

    /** Lets the group, which must have no member, begin anew: everything comes again. */
    void forgetOffsets() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.address()))) {
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .until(() ->
                            admin.deleteConsumerGroups(List.of(GROUP)).all().get() == null);
        }
    }

    GatewayProcess join() throws IOException {
        return join(Map.of());
    }

    /** One that is the same member of the group after each restart, told so as by the chart; it may be away for a minute and a half. */
    GatewayProcess join(String pod) throws IOException {
        Path settings = Files.writeString(home.resolve("static-member.properties"), STATIC_MEMBER);
        return join(Map.of("POD_NAME", pod, "SMALLRYE_CONFIG_LOCATIONS", settings.toString()));
    }

    /** Which partitions each of those has that joined by a name, as Kafka knows it. */
    Map<String, Set<Integer>> partitions() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.address()))) {
            Map<String, Set<Integer>> partitions = new TreeMap<>();
            admin.describeConsumerGroups(List.of(GROUP))
                    .all()
                    .get()
                    .get(GROUP)
                    .members()
                    .forEach(member -> partitions.put(
                            member.groupInstanceId().orElse("nobody"),
                            member.assignment().topicPartitions().stream()
                                    .map(TopicPartition::partition)
                                    .collect(Collectors.toCollection(TreeSet::new))));
            return partitions;
        }
    }

    private GatewayProcess join(Map<String, String> further) throws IOException {
        Map<String, String> environment = environment();
        environment.putAll(further);
        GatewayProcess member = GatewayProcess.start(MODULE, home, Ports.free(1).getFirst(), environment);
        members.add(member);
        return member.awaitReady();
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(LIMITS);
        environment.putAll(Map.of(
                "SIARAN_POSTGRES", postgres.address(),
                "SIARAN_KAFKA", kafka.address(),
                "SIARAN_JWT_PUBLIC_KEY", keys.publicKeyLocation(),
                "SIARAN_GATEWAY_CREDENTIAL_KEY", LocalSecret.in(home),
                "SIARAN_GATEWAY_ALLOW_INTERNAL_ADDRESSES", "true"));
        return environment;
    }

    Device device(GatewayProcess through, String name) throws Exception {
        String token = "sim-" + name + "-" + UUID.randomUUID();
        var body = Map.of("name", name, "platform", "wablas", "base_url", simulator.wablasUrl(), "credential", token);
        var answer = http.send(
                HttpRequest.newBuilder(URI.create(through.url() + "/api/v1/devices"))
                        .header(
                                "Authorization",
                                "Bearer " + keys.token(SINAR.value(), Role.OPERATOR, Duration.ofHours(1)))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(Json.write(body)))
                        .build(),
                BodyHandlers.ofString());
        DeviceId id = Json.read(answer.body(), Registered.class).id();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> number("SELECT count(*) FROM devices WHERE status = 'online' AND id = '" + id + "'") == 1);
        return new Device(id, token);
    }

    /** From now on a call of this device stays open so long after the phone has the message. */
    void holdEveryCallOpen(Device device, Duration pause) throws Exception {
        http.send(
                HttpRequest.newBuilder(URI.create(simulator.url() + "/control/faults"))
                        .POST(BodyPublishers.ofString("{\"kind\":\"slow_body\",\"device\":\"%s\",\"delay_ms\":%d}"
                                .formatted(device.token(), pause.toMillis())))
                        .build(),
                BodyHandlers.discarding());
    }

    SimulatorServer simulator() {
        return simulator;
    }

    String kafka() {
        return kafka.address();
    }

    Connection connect() throws SQLException {
        return postgres.connect("gateway");
    }

    long number(String query) throws SQLException {
        try (Connection connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    void stopPostgres() {
        postgres.close();
    }

    LocalPostgres startPostgres() {
        postgres = LocalPostgres.start(home.resolve("postgres"), ports.get(0), Durability.DURABLE);
        return postgres;
    }

    private static Path temporaryHome() {
        try {
            return Files.createTempDirectory("siaran-e2e-");
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    @Override
    public void close() throws Exception {
        for (GatewayProcess member : members) {
            member.kill();
        }
        simulator.close();
        kafka.close();
        postgres.close();
        try (Stream<Path> files = Files.walk(home)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
