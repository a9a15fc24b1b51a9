package io.siaran.bench.queue;

import io.siaran.bench.PackagedService;
import io.siaran.localstack.LocalKafka;
import io.siaran.localstack.LocalKeys;
import io.siaran.localstack.LocalPostgres;
import io.siaran.localstack.LocalPostgres.Durability;
import io.siaran.localstack.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The servers and the service that are measured: durable PostgreSQL, a broker in this process, dispatch in its own. */
final class Arena implements AutoCloseable {

    /** As anybody sets a server that is to carry load; both sides of every ratio have them. */
    private static final Map<String, String> SETTINGS = Map.of(
            "shared_buffers", "2GB", "max_wal_size", "8GB", "checkpoint_timeout", "15min", "wal_compression", "on");

    /** A second of processor time in /proc. */
    private static final double TICKS = 100;

    private final Path directory;
    private final LocalPostgres postgres;
    private final LocalKafka kafka;
    private final PackagedService dispatch;

    private Arena(Path directory, LocalPostgres postgres, LocalKafka kafka, PackagedService dispatch) {
        this.directory = directory;
        this.postgres = postgres;
        this.kafka = kafka;
        this.dispatch = dispatch;
    }

    static Arena open() throws IOException, InterruptedException, SQLException {
        Path directory = Files.createTempDirectory("siaran-bench-queue-");
        List<Integer> ports = Ports.free(4);
        LocalPostgres postgres = postgres(directory.resolve("postgres"), ports.get(0));
        postgres.createDatabases(List.of("dispatch", "scheduler"));
        LocalKafka kafka = LocalKafka.start(directory.resolve("kafka"), ports.get(1), ports.get(2));
        kafka.createTopics();
        PackagedService dispatch = PackagedService.start(
                "dispatch-service",
                ports.get(3),
                directory,
                List.of("-Xmx1g"),
                Map.of(
                        "SIARAN_POSTGRES", postgres.address(),
                        "SIARAN_KAFKA", kafka.address(),
                        "SIARAN_JWT_PUBLIC_KEY", LocalKeys.in(directory).publicKeyLocation(),
                        // What is put in behind its back rings nobody.
                        "SIARAN_RELEASE_INTERVAL", "200ms"));
        return new Arena(directory, postgres, kafka, dispatch);
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

    static String settings() {
        return "durable PostgreSQL (" + SETTINGS + "), one Kafka broker, one dispatch-service";
    }

    String kafka() {
        return kafka.address();
    }

    Connection connect(String database) throws SQLException {
        return postgres.connect(database);
    }

    String postgres() {
        return postgres.address();
    }

    Path directory() {
        return directory;
    }

    /** What the service and PostgreSQL have taken of the processors so far; Linux keeps account. */
    Effort effort() throws IOException {
        ProcessHandle postmaster = ProcessHandle.of(postgres.process().pid()).orElseThrow();
        long ticks = ticks(postmaster, 4);
        for (ProcessHandle backend : postmaster.children().toList()) {
            ticks += ticks(backend, 2);
        }
        return new Effort(ticks(dispatch.process(), 2) / TICKS, ticks / TICKS);
    }

    /** User and system time, and those of its children that ended: the fields 14 to 17 of its stat, of which so many. */
    private static long ticks(ProcessHandle process, int fields) throws IOException {
        Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
        if (Files.notExists(stat)) {
            return 0;
        }
        String behindTheName = Files.readString(stat).replaceFirst("^.*\\) ", "");
        return Stream.of(behindTheName.split(" "))
                .skip(11)
                .limit(fields)
                .mapToLong(Long::parseLong)
                .sum();
    }

    @Override
    public void close() throws InterruptedException, IOException {
        dispatch.close();
        kafka.close();
        postgres.close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
