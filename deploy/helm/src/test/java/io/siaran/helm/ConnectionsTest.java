package io.siaran.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.localstack.launcher.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every pod that there may be finds its connections: PostgreSQL refuses the one too many, and a service starts without its pool. */
class ConnectionsTest {

    private static final Pattern MOST = Pattern.compile("max_connections=(\\d+)");
    private static final Pattern OF_THE_BRIDGE = Pattern.compile("'BRIDGE_DATABASE_CONNECTIONS', (\\d+),");

    /** People, backups, and three that the server keeps to itself. */
    private static final int OTHERS = 20;

    /** By profile, without and with autoscaling to its usual maxima; the handbook says the same. */
    @ParameterizedTest
    @CsvSource({
        "small, none, 1, 176",
        "medium, none, 5, 298",
        "large, none, 13, 456",
        "large, none, 41, 736",
        "small, cpu, 1, 578",
        "medium, cpu, 5, 618",
        "large, cpu, 13, 698",
        "large, cpu, 41, 978",
    })
    void the_server_has_room_for_the_pools_of_all_pods(String profile, String scaling, int bridges, int most)
            throws IOException {
        Map<String, String> values = new HashMap<>(Chart.LEAST);
        values.putAll(Map.of("profile", profile, "postgresql.mode", "inChart"));
        values.putAll(Map.of("bridge.enabled", "true", "bridge.replicas", Integer.toString(bridges)));
        for (Service service : Service.values()) {
            values.put("services." + service.shortName() + ".autoscaling.type", scaling);
        }
        Rendered rendered = new Rendered(Chart.render(values));

        int needed = OTHERS + bridges * ofABridge(rendered);
        for (Service service : Service.values()) {
            needed += pool(service) * (pods(rendered, service) + (service == Service.GATEWAY ? 0 : 1));
        }
        assertThat(needed).isEqualTo(most);
        assertThat(allowed(rendered)).isEqualTo(most);
        assertThat(Files.readString(Chart.REPOSITORY.resolve("docs/operations.md")))
                .containsPattern("\\| `" + profile + "`.*\\b" + bridges + "\\b.*\\b" + most + "\\b");
    }

    @Test
    void a_bridge_has_as_many_as_the_chart_reckons_with() throws IOException {
        Map<String, String> values = new HashMap<>(Chart.LEAST);
        values.put("bridge.enabled", "true");

        assertThat(OF_THE_BRIDGE
                        .matcher(Files.readString(Chart.REPOSITORY.resolve("whatsapp-bridge/src/config.ts")))
                        .results()
                        .map(each -> Integer.parseInt(each.group(1))))
                .containsExactly(ofABridge(new Rendered(Chart.render(values))));
    }

    /** What one pod opens at most: every pool of its application.properties. */
    private static int pool(Service service) {
        Properties properties = Datasources.of(service).properties();
        return properties.stringPropertyNames().stream()
                .filter(name -> name.matches("quarkus\\.datasource\\.(\\w+\\.)?(reactive|jdbc)\\.max-size"))
                .mapToInt(name -> Integer.parseInt(properties.getProperty(name)))
                .sum();
    }

    private static int pods(Rendered rendered, Service service) {
        Optional<JsonNode> scaled = rendered.ofKind("HorizontalPodAutoscaler")
                .filter(each -> each.at("/metadata/name").asText().equals("toko-siaran-" + service.shortName()))
                .findFirst();
        return scaled.map(each -> each.at("/spec/maxReplicas"))
                .orElseGet(() -> rendered.workload(service).at("/spec/replicas"))
                .asInt();
    }

    private static int ofABridge(Rendered rendered) {
        return Rendered.each(
                        rendered.named("StatefulSet", "toko-siaran-bridge").at("/spec/template/spec/containers/0/env"))
                .filter(each -> each.path("name").asText().equals("BRIDGE_DATABASE_CONNECTIONS"))
                .mapToInt(each -> each.path("value").asInt())
                .findFirst()
                .orElseThrow();
    }

    private static int allowed(Rendered rendered) {
        return MOST.matcher(
                        rendered.named("StatefulSet", "toko-siaran-postgresql").toString())
                .results()
                .mapToInt(each -> Integer.parseInt(each.group(1)))
                .findFirst()
                .orElseThrow();
    }
}
