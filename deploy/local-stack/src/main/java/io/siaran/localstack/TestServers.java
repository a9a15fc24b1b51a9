package io.siaran.localstack;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.siaran.localstack.LocalPostgres.Durability;
import io.siaran.localstack.simulator.SimulatorServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The servers of a {@code @QuarkusTest}: PostgreSQL, Kafka with its topics and a key pair, on free ports, once a JVM.
 *
 * <p>Use: {@code @WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)}. The databases are
 * {@code campaign, sequence, dispatch, gateway} and, for the libraries, {@code test}. All of it goes with the JVM.
 * {@code -Dstack=testcontainers} has both servers in containers ({@link Servers}).
 */
public final class TestServers implements QuarkusTestResourceLifecycleManager {

    /** The database of a test that belongs to no service. */
    public static final String LIBRARY_DATABASE = "test";

    private static final List<String> DATABASES =
            List.of("campaign", "sequence", "dispatch", "gateway", LIBRARY_DATABASE);

    // Quarkus loads this class once more for every test profile, and the test itself has another copy: only system
    // properties are the same for all of them.
    private static final String STARTED = "siaran.test-servers";

    private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();

    /** Starts the servers, or answers where those of this JVM are. */
    @Override
    public Map<String, String> start() {
        synchronized (System.getProperties()) {
            String directory = System.getProperty(STARTED);
            return directory == null ? startOnce() : settings(Path.of(directory));
        }
    }

    private static Map<String, String> startOnce() {
        TestDirectory directory = TestDirectory.create();
        List<Integer> ports = Ports.free(5);
        Servers servers = Servers.ofThisRun();
        Postgres postgres = servers.postgres(directory.postgres(), ports.get(0), Durability.FORGETFUL);
        Kafka kafka = servers.kafka(directory.kafka(), ports.get(1), ports.get(2));
        SimulatorServer simulator = SimulatorServer.start(0, directory.path().resolve("ledger.jsonl"));
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> end(directory, simulator, kafka, postgres), "test-servers-end"));
        postgres.createDatabases(DATABASES);
        kafka.createTopics();
        System.setProperty(STARTED, directory.path().toString());
        System.setProperty(STARTED + ".postgres", postgres.address());
        System.setProperty(STARTED + ".kafka", kafka.address());
        System.setProperty(STARTED + ".simulator", simulator.url());
        System.setProperty(STARTED + ".bridge", Integer.toString(ports.get(3)));
        System.setProperty(STARTED + ".dispatch", Integer.toString(ports.get(4)));
        return settings(directory.path());
    }

    private static Map<String, String> settings(Path directory) {
        String publicKey = LocalKeys.in(directory).publicKeyLocation();
        return Map.ofEntries(
                Map.entry("siaran.postgres", System.getProperty(STARTED + ".postgres")),
                Map.entry("siaran.postgres-user", Postgres.USER),
                Map.entry("siaran.postgres-password", Postgres.USER),
                Map.entry("siaran.kafka", kafka()),
                Map.entry("siaran.simulator-url", simulatorUrl()),
                Map.entry("siaran.gateway.bridge.url", "http://127.0.0.1:" + bridgePort()),
                Map.entry("siaran.gateway.bridge.token", "a-token-of-at-least-32-characters"),
                Map.entry("siaran.gateway.queue.url", "http://127.0.0.1:" + dispatchPort()),
                Map.entry("siaran.campaign.queue.url", "http://127.0.0.1:" + dispatchPort()),
                Map.entry("siaran.jwt-public-key", publicKey),
                Map.entry("mp.jwt.verify.publickey.location", publicKey),
                Map.entry("mp.jwt.verify.issuer", LocalKeys.ISSUER));
    }

    /** Where the gateway looks for the bridge to WhatsApp Web; free, for a test that plays one. */
    public static int bridgePort() {
        return Integer.getInteger(STARTED + ".bridge");
    }

    /** Where the other services look for dispatch-service; free, for a test that plays it. */
    public static int dispatchPort() {
        return Integer.getInteger(STARTED + ".dispatch");
    }

    /** A token signed with the key that the service under test verifies, valid for an hour; signed once for each caller. */
    public static String token(String user, String role) {
        return TOKENS.computeIfAbsent(
                user + " " + role,
                _ -> LocalKeys.in(Path.of(System.getProperty(STARTED)))
                        .token(user, Role.named(role), Duration.ofHours(1)));
    }

    /** A token of these claims, signed with the same key: for claims that nobody should send. */
    public static String tokenOf(String claims) {
        return LocalKeys.in(Path.of(System.getProperty(STARTED))).sign(claims);
    }

    /** {@code host:port} of the broker. */
    public static String kafka() {
        return System.getProperty(STARTED + ".kafka");
    }

    /**
     * Where the simulator's ledger and switches are ({@code /ledger}, {@code /control/…}); a Wablas device has
     * {@code simulatorUrl() + "/wablas"} as its base URL and any token that begins with {@code sim-}.
     */
    public static String simulatorUrl() {
        return System.getProperty(STARTED + ".simulator");
    }

    /** Keeps the servers: the next test profile of this JVM uses them too, and the JVM's end stops them. */
    @Override
    public void stop() {}

    private static void end(TestDirectory directory, AutoCloseable... servers) {
        try {
            for (AutoCloseable server : servers) {
                server.close();
            }
            directory.remove();
        } catch (Exception e) {
            throw new IllegalStateException("the test servers in " + directory.path() + " did not end cleanly", e);
        }
    }
}
