package io.siaran.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.localstack.launcher.Service;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every connection that a service has with PostgreSQL goes where the values say, as whom and how sealed they say. */
class ChartDatabasesTest {

    private static final Map<String, String> SEALED = Map.of(
            "postgresql.sslMode", "verify-full",
            "postgresql.caSecret.name", "db-ca",
            "postgresql.port", "6432",
            "postgresql.databases.campaign", "campaign_live",
            "postgresql.databases.sequence", "sequence_live",
            "postgresql.databases.dispatch", "dispatch_live",
            "postgresql.databases.gateway", "gateway_live");

    private final Rendered rendered = render(SEALED);

    @ParameterizedTest
    @EnumSource(Service.class)
    void every_address_is_the_one_of_the_values(Service service) {
        Properties written = written(rendered, service);

        assertThat(Datasources.of(service).addresses())
                .as(service.module())
                .isNotEmpty()
                .allSatisfy(address -> assertThat(written.getProperty(address))
                        .as(address)
                        .endsWith("postgresql://db.example.com:6432/" + service.shortName() + "_live"));
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void every_connection_is_sealed_as_the_values_say(Service service) {
        Properties written = written(rendered, service);

        assertThat(Datasources.of(service).names())
                .isNotEmpty()
                .allSatisfy(datasource -> assertThat(written)
                        .as(service.module())
                        .containsEntry(datasource + "reactive.postgresql.ssl-mode", "verify-full")
                        .containsEntry(datasource + "reactive.trust-certificate-pem", "true")
                        .containsEntry(
                                datasource + "reactive.trust-certificate-pem.certs", "/etc/siaran/postgresql-ca/ca.crt")
                        .containsEntry(datasource + "reactive.hostname-verification-algorithm", "HTTPS"));
        assertThat(written)
                .containsEntry("quarkus.datasource.jdbc.additional-jdbc-properties.sslmode", "verify-full")
                .containsEntry(
                        "quarkus.datasource.jdbc.additional-jdbc-properties.sslrootcert",
                        "/etc/siaran/postgresql-ca/ca.crt");
    }

    /** Without a CA nobody can be asked who signed the certificate, and {@code require} does not ask. */
    @ParameterizedTest
    @EnumSource(Service.class)
    void with_require_any_certificate_will_do(Service service) {
        Properties written = written(render(Map.of("postgresql.sslMode", "require")), service);

        assertThat(Datasources.of(service).names())
                .isNotEmpty()
                .allSatisfy(datasource -> assertThat(written)
                        .as(service.module())
                        .containsEntry(datasource + "reactive.postgresql.ssl-mode", "require")
                        .containsEntry(datasource + "reactive.trust-all", "true"));
        assertThat(written).containsEntry("quarkus.datasource.jdbc.additional-jdbc-properties.sslmode", "require");
        assertThat(written(rendered, service).toString()).doesNotContain("trust-all");
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify-ca", "verify-full"})
    void a_certificate_is_not_verified_without_a_ca(String mode) {
        assertThatThrownBy(() -> render(Map.of("postgresql.sslMode", mode)))
                .hasMessageContaining("postgresql.caSecret.name");
    }

    @Test
    void the_server_of_this_chart_has_no_certificate() {
        assertThatThrownBy(() -> render(Map.of("postgresql.mode", "inChart", "postgresql.sslMode", "require")))
                .hasMessageContaining("postgresql.sslMode");
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void every_connection_is_of_the_user_of_the_secret(Service service) {
        Datasources datasources = Datasources.of(service);
        String variables = rendered.workload(service).findValues("env").stream()
                .flatMap(Rendered::each)
                .map(each -> each.path("name").asText())
                .collect(Collectors.joining(" "));

        for (String datasource : datasources.names()) {
            assertThat(datasources.properties().getProperty(datasource + "username"))
                    .as(datasource)
                    .startsWith("${siaran.postgres-user:");
            assertThat(datasources.properties().getProperty(datasource + "password"))
                    .as(datasource)
                    .startsWith("${siaran.postgres-password:");
        }
        assertThat(variables).contains("SIARAN_POSTGRES_USER").contains("SIARAN_POSTGRES_PASSWORD");
    }

    @Test
    void the_command_that_seals_credentials_anew_finds_the_database_too() {
        assertThat(variable("QUARKUS_DATASOURCE_JDBC_URL"))
                .isEqualTo("jdbc:postgresql://db.example.com:6432/gateway_live"
                        + "?sslmode=verify-full&sslrootcert=/etc/siaran/postgresql-ca/ca.crt");
    }

    private String variable(String name) {
        return Rendered.each(rendered.workload(Service.GATEWAY).at("/spec/template/spec/containers/0/env"))
                .filter(each -> each.path("name").asText().equals(name))
                .map(each -> each.path("value").asText())
                .collect(Collectors.joining());
    }

    private static Properties written(Rendered rendered, Service service) {
        JsonNode map = rendered.named("ConfigMap", "toko-siaran-" + service.shortName());
        return Datasources.read(map.at("/data/application.properties").asText());
    }

    private static Rendered render(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Chart.LEAST);
        values.putAll(more);
        return new Rendered(Chart.render(values));
    }
}
