package io.siaran.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Helm 4 has the cluster merge what it applies, and a list that is merged by a key may have each key once: Helm 3 let the last one win,
 * Helm 4 ends with an error.
 */
class ServerSideApplyTest {

    /** Lists of a container, and what the cluster merges each by. */
    private static final Map<String, String> KEYS =
            Map.of("env", "name", "ports", "containerPort", "volumeMounts", "mountPath");

    @ParameterizedTest
    @ValueSource(strings = {"in-chart", "everything", "least"})
    void every_list_that_is_merged_has_each_key_once(String values) {
        Rendered rendered = new Rendered(Chart.render(
                List.of(Chart.REPOSITORY.resolve("deploy/helm/src/test/resources/values/" + values + ".yaml")),
                Map.of("bridge.enabled", "true"),
                "1.33.0"));

        assertThat(rendered.pods()).isNotEmpty().allSatisfy(ServerSideApplyTest::hasEachKeyOnce);
        assertThat(rendered.ofKind("Service"))
                .allSatisfy(service ->
                        assertThat(keys(service.at("/spec/ports"), "port")).doesNotHaveDuplicates());
    }

    @Test
    void a_variable_of_the_values_takes_the_place_of_the_charts_own() {
        Map<String, String> values = new HashMap<>(Chart.LEAST);
        values.putAll(Map.of(
                "services.dispatch.env[0].name", "SIARAN_KAFKA",
                "services.dispatch.env[0].value", "elsewhere:9092",
                "services.gateway.env[0].name", "QUARKUS_DATASOURCE_JDBC_URL",
                "services.gateway.env[0].value", "jdbc:postgresql://elsewhere/gateway",
                "bridge.enabled", "true",
                "bridge.env[0].name", "BRIDGE_HOST",
                "bridge.env[0].value", "elsewhere"));
        Rendered rendered = new Rendered(Chart.render(values));

        assertThat(rendered.pods()).allSatisfy(ServerSideApplyTest::hasEachKeyOnce);
        assertThat(values(rendered.named("Deployment", "toko-siaran-dispatch"), "SIARAN_KAFKA"))
                .as("of the service and of who migrates")
                .containsExactly("elsewhere:9092", "elsewhere:9092");
        assertThat(values(rendered.named("StatefulSet", "toko-siaran-gateway"), "QUARKUS_DATASOURCE_JDBC_URL"))
                .containsOnly("jdbc:postgresql://elsewhere/gateway");
        assertThat(values(rendered.named("StatefulSet", "toko-siaran-bridge"), "BRIDGE_HOST"))
                .containsExactly("elsewhere");
    }

    private static void hasEachKeyOnce(JsonNode pod) {
        assertThat(keys(pod.at("/spec/volumes"), "name")).doesNotHaveDuplicates();
        Rendered.containers(pod)
                .forEach(container -> KEYS.forEach((list, key) -> assertThat(keys(container.path(list), key))
                        .as("%s of %s", list, container.path("name"))
                        .doesNotHaveDuplicates()));
    }

    private static List<String> keys(JsonNode list, String key) {
        return Rendered.each(list).map(each -> each.path(key).asText()).toList();
    }

    private static List<String> values(JsonNode workload, String variable) {
        return Stream.of(workload.at("/spec/template"))
                .flatMap(Rendered::containers)
                .flatMap(container -> Rendered.each(container.path("env")))
                .filter(each -> each.path("name").asText().equals(variable))
                .map(each -> each.path("value").asText())
                .toList();
    }
}
