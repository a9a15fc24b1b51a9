package io.siaran.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The bridge is a program of the installation like the services: it has a database, and its place on the nodes. */
class ChartBridgeTest {

    private static final Path VALUES =
            Chart.REPOSITORY.resolve("deploy/helm/src/test/resources/values/everything.yaml");

    @Test
    void a_server_in_the_cluster_has_a_database_for_it_also_before_it_is_wanted() {
        Map<String, String> values = new HashMap<>(Chart.LEAST);
        values.put("postgresql.mode", "inChart");
        String databases = new Rendered(Chart.render(values))
                .named("ConfigMap", "toko-siaran-postgresql")
                .at("/data/databases.sql")
                .asText();

        // The server reads it once, when its disk is empty.
        assertThat(databases.lines())
                .containsExactlyInAnyOrder(
                        "CREATE DATABASE \"bridge\";",
                        "CREATE DATABASE \"campaign\";",
                        "CREATE DATABASE \"dispatch\";",
                        "CREATE DATABASE \"gateway\";",
                        "CREATE DATABASE \"sequence\";");
    }

    @Test
    void its_pods_go_where_the_values_say() {
        JsonNode pod = new Rendered(Chart.render(List.of(VALUES), Map.of(), "1.33.0"))
                .named("StatefulSet", "toko-siaran-bridge")
                .at("/spec/template");

        assertThat(pod.at("/spec/nodeSelector/disk").asText()).isEqualTo("ssd");
        assertThat(pod.at("/spec/tolerations/0/key").asText()).isEqualTo("dedicated");
        assertThat(pod.at("/metadata/annotations/example.com~1note").asText()).isEqualTo("yes");
    }

    @Test
    void it_listens_where_its_own_pages_and_the_handbook_say() throws IOException {
        Map<String, String> values = new HashMap<>(Chart.LEAST);
        values.put("bridge.enabled", "true");
        String port = new Rendered(Chart.render(values))
                .named("Service", "toko-siaran-bridge")
                .at("/spec/ports/0/port")
                .asText();

        assertThat(Files.readString(Chart.REPOSITORY.resolve("whatsapp-bridge/src/config.ts")))
                .contains("'BRIDGE_PORT', " + port + ",");
        assertThat(Files.readString(Chart.REPOSITORY.resolve("docs/operations.md")))
                .contains("`/metrics` of port " + port, "`/metrics` of its only port (" + port + " in the chart;")
                .doesNotContain("port 8085");
    }
}
