package io.siaran.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.siaran.localstack.LocalKafka;
import io.siaran.localstack.LocalPostgres;
import io.siaran.localstack.LocalPostgres.Durability;
import io.siaran.localstack.Ports;
import io.siaran.localstack.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;

/**
 * PostgreSQL and Kafka as an installation has them that trusts no network: TLS with a certificate for {@code localhost} that nobody knows
 * but by its own file, and a password for whoever comes in.
 */
final class SecuredServers implements AutoCloseable {

    static final String USER = "siaran";
    static final String DATABASE = "dispatch";

    static final String MECHANISM = "SCRAM-SHA-512";
    private static final String STORE_PASSWORD = "not-a-secret";

    /** Siaran comes by TLS and with a password; the test itself comes without. */
    private static final String ONLY_BY_TLS = """
            hostssl all siaran 127.0.0.1/32 scram-sha-256
            hostnossl all postgres 127.0.0.1/32 trust
            """;

    private final Path directory;
    private final List<Integer> ports = Ports.free(4);
    private final KeyStore certificate;
    private final LocalPostgres postgres;
    private final LocalKafka kafka;

    SecuredServers(Path directory, String databasePassword) {
        this.directory = directory;
        try {
            certificate = selfSigned();
            postgres = postgres(databasePassword);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | SQLException e) {
            throw new IllegalStateException(e);
        }
        kafka = kafka();
        allow();
    }

    private KeyStore selfSigned() throws IOException, GeneralSecurityException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                        "-genkeypair",
                        "-alias",
                        "servers",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=servers",
                        "-ext",
                        "san=dns:localhost",
                        "-ext",
                        "bc:c=ca:true",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store().toString(),
                        "-storepass",
                        STORE_PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        if (keytool.onExit().join().exitValue() != 0) {
            throw new IllegalStateException(said);
        }
        return KeyStore.getInstance(store().toFile(), STORE_PASSWORD.toCharArray());
    }

    private Path store() {
        return directory.resolve("servers.p12");
    }

    private LocalPostgres postgres(String password) throws IOException, GeneralSecurityException, SQLException {
        Path data = directory.resolve("postgres");
        Path key = Files.createFile(
                directory.resolve("server.key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                key,
                pem(
                        "PRIVATE KEY",
                        certificate
                                .getKey("servers", STORE_PASSWORD.toCharArray())
                                .getEncoded()));
        Path chain = Files.writeString(directory.resolve("server.crt"), certificate());
        LocalPostgres server = LocalPostgres.start(
                data,
                ports.get(0),
                Durability.FORGETFUL,
                Map.of("ssl", "on", "ssl_cert_file", chain.toString(), "ssl_key_file", key.toString()));
        server.createDatabases(List.of(DATABASE));
        try (Connection connection = server.connect(DATABASE);
                var statement = connection.createStatement()) {
            statement.execute("CREATE ROLE " + USER + " LOGIN PASSWORD " + statement.enquoteLiteral(password));
            statement.execute("ALTER DATABASE " + DATABASE + " OWNER TO " + USER);
            statement.execute("GRANT ALL ON SCHEMA public TO " + USER);
            Files.writeString(data.resolve("pg_hba.conf"), ONLY_BY_TLS);
            statement.execute("SELECT pg_reload_conf()");
        }
        return server;
    }

    private LocalKafka kafka() {
        int plain = ports.get(1);
        int controller = ports.get(2);
        int secured = ports.get(3);
        String listener = "listener.name.secured.";
        return LocalKafka.start(
                directory.resolve("kafka"),
                plain,
                controller,
                Map.ofEntries(
                        Map.entry(
                                "listeners",
                                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d,SECURED://127.0.0.1:%d"
                                        .formatted(plain, controller, secured)),
                        Map.entry(
                                "advertised.listeners",
                                "PLAINTEXT://127.0.0.1:%d,SECURED://localhost:%d".formatted(plain, secured)),
                        Map.entry(
                                "listener.security.protocol.map",
                                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SECURED:SASL_SSL"),
                        Map.entry("authorizer.class.name", StandardAuthorizer.class.getName()),
                        Map.entry("super.users", "User:ANONYMOUS"),
                        Map.entry(listener + "sasl.enabled.mechanisms", MECHANISM),
                        Map.entry(
                                listener + "scram-sha-512.sasl.jaas.config",
                                "org.apache.kafka.common.security.scram.ScramLoginModule required;"),
                        Map.entry(listener + "ssl.keystore.type", "PKCS12"),
                        Map.entry(listener + "ssl.keystore.location", store().toString()),
                        Map.entry(listener + "ssl.keystore.password", STORE_PASSWORD),
                        Map.entry(listener + "ssl.key.password", STORE_PASSWORD)));
    }

    /** Siaran may do what it has to, and nothing else; the test itself, which has no login, may do everything. */
    private void allow() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.address()))) {
            admin.createAcls(KafkaRights.of(USER)).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** From now on this is the password by which Kafka lets Siaran in, and no other one. */
    void kafkaTakes(String password) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.address()))) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            USER, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), password)))
                    .all()
                    .get();
        }
        // It is written then, and read by the broker a moment later.
        await().until(() -> letsIn(password));
    }

    private boolean letsIn(String password) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of(
                "bootstrap.servers",
                "localhost:" + kafkaPort(),
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                MECHANISM,
                "sasl.jaas.config",
                kafkaLogin(password),
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.certificates",
                certificate()))) {
            return admin.describeCluster().nodes().get().size() == 1;
        } catch (ExecutionException notYet) {
            return false;
        }
    }

    /** The value of {@code sasl.jaas.config}. */
    static String kafkaLogin(String password) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                .formatted(USER, password);
    }

    /** In PEM: what they show, and what whoever wants to know them has to have. */
    String certificate() {
        try {
            return pem("CERTIFICATE", certificate.getCertificate("servers").getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String label, byte[] content) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, body);
    }

    int postgresPort() {
        return ports.get(0);
    }

    int kafkaPort() {
        return ports.get(3);
    }

    PlainKafka plainKafka() {
        return new PlainKafka(kafka.address());
    }

    /** As {@value Postgres#USER}, for the test's own looks. */
    Connection look() throws SQLException {
        return postgres.connect(DATABASE);
    }

    @Override
    public void close() {
        kafka.close();
        postgres.close();
    }
}
