package io.siaran.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is told after the installation leads to a first message, whatever was installed. */
class NotesTest {

    @Test
    void every_secret_that_a_pod_refers_to_is_named_with_its_keys() {
        Map<String, String> values = values(Map.of(
                "bridge.enabled", "true",
                "postgresql.caSecret.name", "db-ca",
                "kafka.caSecret.name", "kafka-ca",
                "kafka.securityProtocol", "SASL_SSL",
                "kafka.saslMechanism", "PLAIN",
                "kafka.jaasSecret.name", "kafka-login",
                "services.campaign.postgresql.secret.name", "campaign-database"));
        String notes = Chart.notes(values);
        Set<String> secrets = new TreeSet<>();
        new Rendered(Chart.render(values)).pods().forEach(pod -> {
            pod.findValues("secretKeyRef").forEach(each -> {
                String secret = each.path("name").asText();
                secrets.add(secret);
                assertThat(line(notes, secret)).contains(each.path("key").asText());
            });
            for (JsonNode volume : pod.findValues("secretName")) {
                secrets.add(volume.asText());
                assertThat(line(notes, volume.asText())).contains("ca.crt");
            }
        });

        assertThat(secrets)
                .contains("siaran-postgresql", "siaran-gateway", "siaran-bridge", "campaign-database", "db-ca");
    }

    @Test
    void with_a_key_of_its_own_the_secret_of_that_is_named() {
        Map<String, String> values = values(Map.of("auth.publicKeySecret.name", "token-key"));
        values.remove("auth.jwksUrl");

        assertThat(line(Chart.notes(values), "token-key")).contains("public-key.pem");
        assertThat(Chart.notes(values(Map.of()))).doesNotContain("siaran-bridge");
    }

    @Test
    void without_an_ingress_devices_and_messages_are_at_the_services_that_have_them() {
        String notes = Chart.notes(values(Map.of("ingress.enabled", "false")));

        for (String told : List.of("devices=gateway", "messages=dispatch")) {
            String resource = told.substring(0, told.indexOf('='));
            String service = told.substring(told.indexOf('=') + 1);
            String port = new Rendered(Chart.render(values(Map.of())))
                    .named("Service", "toko-siaran-" + service)
                    .at("/spec/ports/0/port")
                    .asText();
            String variable = resource.toUpperCase(Locale.ROOT);
            assertThat(notes)
                    .contains("port-forward service/toko-siaran-" + service + " " + port)
                    .contains(variable + "=http://localhost:" + port + "\n")
                    .contains("$" + variable + "/api/v1/" + resource);
        }
        assertThat(notes).doesNotContain("callbacks.siaran.example.com");
    }

    @Test
    void with_an_ingress_everything_is_at_its_host() {
        assertThat(Chart.notes(values(Map.of("ingress.host", "api.kedai.test"))))
                .contains("DEVICES=http://api.kedai.test\n", "MESSAGES=http://api.kedai.test\n")
                .contains("https://callbacks.siaran.example.com/api/v1/callbacks/")
                .doesNotContain("localhost");
    }

    @Test
    void how_many_connections_the_database_has_to_allow_is_told() {
        assertThat(Chart.notes(values(Map.of("profile", "large", "bridge.enabled", "true"))))
                .contains("PostgreSQL has to allow 456 connections");
    }

    @Test
    void how_to_upgrade_and_to_go_back_is_told() {
        assertThat(Chart.notes(values(Map.of())))
                .contains(
                        "helm -n siaran upgrade toko",
                        "helm -n siaran rollback toko",
                        "one version",
                        "docs/operations.md");
    }

    private static String line(String notes, String secret) {
        return notes.lines()
                .filter(line -> line.strip().startsWith(secret + " "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(secret + " is not named in: " + notes));
    }

    @Test
    void whoever_has_topics_of_one_replica_is_told() {
        assertThat(Chart.notes(values(Map.of()))).contains("Topics have one replica");
        assertThat(Chart.notes(values(Map.of("kafka.topics.replication", "3")))).doesNotContain("one replica");
        assertThat(Chart.notes(values(Map.of("profile", "medium")))).doesNotContain("one replica");
        assertThat(Chart.notes(values(Map.of("kafka.topics.create", "false")))).doesNotContain("one replica");
    }

    private static Map<String, String> values(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Chart.LEAST);
        values.putAll(more);
        return values;
    }
}
