package io.siaran.gateway.device;

import static java.util.stream.Collectors.toMap;

import io.siaran.rest.InstallationKey;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The operators' command that seals anew, with the newest key, every credential that an older one sealed; the services go on
 * meanwhile. It may be broken off and called again. Its settings are the gateway's, from the environment. It prints numbers and ids
 * of devices, never a credential.
 */
public final class ResealCredentials {

    private static final String KEYS = "SIARAN_GATEWAY_SEALING_KEYS_";
    private static final int BATCH = 500;

    /** Deleted devices as well: their callbacks and links are still ended with what they have. In order, so that each is met once. */
    private static final String OLDER = """
            SELECT id, credential FROM devices WHERE id > ? AND get_byte(credential, 0) <> ?
            ORDER BY id LIMIT %d FOR UPDATE""".formatted(BATCH);

    private static final String WRITE = "UPDATE devices SET credential = ? WHERE id = ?";

    private final CredentialSeal seal;

    ResealCredentials(CredentialSeal seal) {
        this.seal = seal;
    }

    /**
     * What it did.
     *
     * @param sealed credentials that have the newest key now and had an older one
     * @param closed devices whose credential does not open, and stays as it is
     */
    record Result(int sealed, List<UUID> closed) {}

    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        try (Connection database = DriverManager.getConnection(
                address(environment),
                environment.getOrDefault("SIARAN_POSTGRES_USER", "postgres"),
                environment.getOrDefault("SIARAN_POSTGRES_PASSWORD", "postgres"))) {
            CredentialSeal seal = seal(environment);
            Result result = new ResealCredentials(seal).run(database);
            System.out.printf("%d credentials were sealed anew with key %d.%n", result.sealed(), seal.current());
            result.closed().forEach(device -> System.out.println("Does not open, and stays as it is: " + device));
            System.exit(result.closed().isEmpty() ? 0 : 1);
        } catch (SQLException | IllegalArgumentException refused) {
            System.err.println(refused.getMessage());
            System.exit(2);
        }
    }

    /** The database as the gateway's environment names it: whole, with its name and TLS, where an installation has its own. */
    static String address(Map<String, String> environment) {
        String address = environment.getOrDefault(
                "QUARKUS_DATASOURCE_JDBC_URL",
                "jdbc:postgresql://" + environment.getOrDefault("SIARAN_POSTGRES", "localhost:5432") + "/gateway");
        return address + (address.contains("?") ? "&" : "?") + "connectTimeout=10&socketTimeout=60";
    }

    /** The keys as the gateway's environment names them. */
    static CredentialSeal seal(Map<String, String> environment) {
        Map<Integer, String> further = environment.entrySet().stream()
                .filter(setting -> setting.getKey().matches(KEYS + "[1-9][0-9]{0,2}"))
                .collect(toMap(
                        setting -> Integer.valueOf(setting.getKey().substring(KEYS.length())), Map.Entry::getValue));
        String first = environment.get("SIARAN_GATEWAY_CREDENTIAL_KEY");
        if (first == null) {
            throw new IllegalArgumentException("SIARAN_GATEWAY_CREDENTIAL_KEY is missing");
        }
        return new CredentialSeal(
                InstallationKey.read("siaran.gateway.credential-key", first),
                further,
                Integer.parseInt(environment.getOrDefault("SIARAN_GATEWAY_SEALING_KEY_ID", "1")));
    }

    /** A batch is a transaction: broken off anywhere, each credential has the one key or the other. */
    Result run(Connection database) throws SQLException {
        database.setAutoCommit(false);
        List<UUID> closed = new ArrayList<>();
        int sealed = 0;
        UUID last = new UUID(0, 0);
        List<Sealed> batch = older(database, last);
        while (!batch.isEmpty()) {
            sealed += write(database, batch, closed);
            database.commit();
            last = batch.getLast().device();
            batch = older(database, last);
        }
        database.commit();
        return new Result(sealed, closed);
    }

    private record Sealed(UUID device, byte[] credential) {}

    private List<Sealed> older(Connection database, UUID after) throws SQLException {
        List<Sealed> found = new ArrayList<>();
        try (PreparedStatement older = database.prepareStatement(OLDER)) {
            older.setObject(1, after);
            older.setInt(2, seal.current());
            try (ResultSet rows = older.executeQuery()) {
                while (rows.next()) {
                    found.add(new Sealed(rows.getObject(1, UUID.class), rows.getBytes(2)));
                }
            }
        }
        return found;
    }

    private int write(Connection database, List<Sealed> batch, List<UUID> closed) throws SQLException {
        int written = 0;
        try (PreparedStatement write = database.prepareStatement(WRITE)) {
            for (Sealed each : batch) {
                try {
                    write.setBytes(1, seal.seal(each.device(), seal.open(each.device(), each.credential())));
                    write.setObject(2, each.device());
                    write.addBatch();
                    written++;
                } catch (IllegalStateException doesNotOpen) {
                    closed.add(each.device());
                }
            }
            write.executeBatch();
        }
        return written;
    }
}
