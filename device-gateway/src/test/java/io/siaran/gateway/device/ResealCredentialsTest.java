package io.siaran.gateway.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Credentials get another key: of a table of its own, since the gateway of these tests has the first key alone. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ResealCredentialsTest {

    private static final Map<String, String> ONE_KEY = Map.of("SIARAN_GATEWAY_CREDENTIAL_KEY", base64("x".repeat(32)));
    private static final Map<String, String> TWO_KEYS = Map.of(
            "SIARAN_GATEWAY_CREDENTIAL_KEY",
            base64("x".repeat(32)),
            "SIARAN_GATEWAY_SEALING_KEYS_2",
            base64("y".repeat(32)),
            "SIARAN_GATEWAY_SEALING_KEY_ID",
            "2");

    private final CredentialSeal before = ResealCredentials.seal(ONE_KEY);
    private final CredentialSeal after = ResealCredentials.seal(TWO_KEYS);

    @Inject
    DataSource connections;

    private Connection database;

    @BeforeEach
    void ownTable() throws SQLException {
        database = connections.getConnection();
        run("CREATE TEMP TABLE devices (id uuid PRIMARY KEY, credential bytea NOT NULL)");
    }

    @AfterEach
    void back() throws SQLException {
        database.rollback();
        database.setAutoCommit(true);
        run("DROP TABLE pg_temp.devices");
        database.close();
    }

    @Test
    void every_credential_is_sealed_anew_once_in_batches_and_what_does_not_open_stays_and_is_named()
            throws SQLException {
        // Given
        for (int i = 1; i <= 1_100; i++) {
            store(device(i), before.seal(device(i), secret(i)));
        }
        byte[] spoilt = before.seal(device(1), secret(7));
        store(device(5_000), spoilt);

        // When
        ResealCredentials.Result result = new ResealCredentials(after).run(database);
        ResealCredentials.Result again = new ResealCredentials(after).run(database);

        // Then
        assertThat(result.sealed()).isEqualTo(1_100);
        assertThat(result.closed()).containsExactly(device(5_000));
        assertThat(again.sealed()).isZero();
        assertThat(sealed(device(5_000))).isEqualTo(spoilt);
        for (int i : new int[] {1, 500, 501, 1_100}) {
            assertThat(sealed(device(i))[0]).isEqualTo((byte) 2);
            assertThat(after.open(device(i), sealed(device(i)))).isEqualTo(secret(i));
        }
    }

    @Test
    void it_goes_back_to_the_key_before_as_well() throws SQLException {
        // Given
        store(device(1), after.seal(device(1), secret(1)));

        // When
        CredentialSeal back = ResealCredentials.seal(Map.of(
                "SIARAN_GATEWAY_CREDENTIAL_KEY", base64("x".repeat(32)),
                "SIARAN_GATEWAY_SEALING_KEYS_2", base64("y".repeat(32))));
        ResealCredentials.Result result = new ResealCredentials(back).run(database);

        // Then
        assertThat(result.sealed()).isOne();
        assertThat(before.open(device(1), sealed(device(1)))).isEqualTo(secret(1));
    }

    private void store(UUID device, byte[] credential) throws SQLException {
        try (PreparedStatement insert = database.prepareStatement("INSERT INTO devices VALUES (?, ?)")) {
            insert.setObject(1, device);
            insert.setBytes(2, credential);
            insert.executeUpdate();
        }
    }

    private byte[] sealed(UUID device) throws SQLException {
        try (PreparedStatement select = database.prepareStatement("SELECT credential FROM devices WHERE id = ?")) {
            select.setObject(1, device);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBytes(1);
            }
        }
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private static UUID device(int number) {
        return new UUID(1, number);
    }

    private static Credential secret(int number) {
        return new Credential("t0ken-" + number);
    }

    private static String base64(String key) {
        return Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }
}
