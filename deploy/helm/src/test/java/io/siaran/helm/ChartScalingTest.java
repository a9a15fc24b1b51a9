package io.siaran.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.UpgradeCommand;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whoever has something scaled keeps the pods that run. A number that Helm once said and says no more it has the cluster forget, which then
 * makes it 1: all gateways but one would end at once.
 */
class ChartScalingTest {

    private FakeCluster cluster;
    private JsonNode gateways;

    @BeforeEach
    void fiveGatewaysAreInstalled() throws IOException {
        List<JsonNode> installed = objects(Map.of("services.gateway.replicas", "5"));
        gateways = new Rendered(installed).named("StatefulSet", "toko-siaran-gateway");
        assertThat(gateways.at("/spec/replicas").asInt()).isEqualTo(5);
        cluster = new FakeCluster(installed);
    }

    @AfterEach
    void end() {
        cluster.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "lag"})
    void as_many_run_when_scaling_is_switched_on(String type) {
        JsonNode asked = upgrade(Map.of("services.gateway.autoscaling.type", type));

        assertThat(asked.has("replicas")).isFalse();
    }

    @Test
    void as_many_run_as_the_autoscaler_has_made() {
        spec().put("replicas", 7);

        JsonNode asked = upgrade(Map.of("services.gateway.autoscaling.type", "cpu"));

        assertThat(asked.has("replicas")).isFalse();
    }

    /** As after a restore; an autoscaler leaves alone what has none. */
    @Test
    void from_none_it_begins_with_the_least_that_is_wanted() {
        spec().put("replicas", 0);

        JsonNode asked =
                upgrade(Map.of("services.gateway.autoscaling.type", "cpu", "services.gateway.autoscaling.min", "3"));

        assertThat(asked.path("replicas").asInt()).isEqualTo(3);
    }

    /** An operator's way to stop what writes; an upgrade is not the one who ends that. */
    @ParameterizedTest
    @ValueSource(strings = {"cpu", "lag"})
    void what_was_stopped_by_hand_while_it_is_scaled_stays_so(String type) throws IOException {
        cluster.close();
        Map<String, String> scaled = Map.of("services.gateway.autoscaling.type", type);
        cluster = new FakeCluster(objects(scaled));
        spec().put("replicas", 0);

        JsonNode asked = upgrade(scaled);

        assertThat(asked.path("replicas").asInt()).isZero();
    }

    @Test
    void where_the_cluster_merges_the_number_is_said_while_it_is_helms() {
        applied().putObject("f:replicas");

        JsonNode asked = upgrade(Map.of("services.gateway.autoscaling.type", "cpu"));

        assertThat(asked.has("replicas")).isFalse();
    }

    /** To say another one would be a conflict. This Helm merges by itself, so it asks for what is said no more to be forgotten. */
    @Test
    void where_the_cluster_merges_the_number_is_said_no_more_once_the_autoscaler_has_changed_it() {
        applied();
        spec().put("replicas", 7);

        JsonNode asked = upgrade(Map.of("services.gateway.autoscaling.type", "cpu"));

        assertThat(asked.path("replicas").isNull()).isTrue();
    }

    private static List<JsonNode> objects(Map<String, String> more) {
        return Chart.render(values(more)).stream()
                .filter(each -> !each.path("kind").asText().equals("Pod"))
                .toList();
    }

    private ObjectNode spec() {
        return (ObjectNode) cluster.live(gateways).path("spec");
    }

    /** The fields that Helm owns where it has the cluster merge. */
    private ObjectNode applied() {
        ObjectNode manager = ((ObjectNode) cluster.live(gateways).path("metadata"))
                .putArray("managedFields")
                .addObject()
                .put("manager", "helm")
                .put("operation", "Apply");
        ObjectNode fields = manager.putObject("fieldsV1").putObject("f:spec");
        fields.putObject("f:template");
        return fields;
    }

    /** What it asks to be changed of the gateways. */
    private JsonNode upgrade(Map<String, String> more) {
        UpgradeCommand upgrade = new Helm(Chart.DIRECTORY)
                .upgrade()
                .disableOpenApiValidation()
                .withKubeConfigContents(cluster.kubeConfig())
                .withName("toko")
                .withNamespace("siaran");
        values(more).forEach(upgrade::set);
        upgrade.set("services.gateway.annotations.note", "upgraded");
        upgrade.call();
        JsonNode asked = cluster.patch(gateways).path("spec");
        assertThat(asked.at("/template/metadata/annotations/note").asText()).isEqualTo("upgraded");
        return asked;
    }

    private static Map<String, String> values(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Chart.LEAST);
        // Helm asks slowly: only what has to be there.
        values.putAll(Map.of(
                "networkPolicies.enabled", "false",
                "podDisruptionBudgets", "false",
                "ingress.enabled", "false",
                "kafka.topics.create", "false",
                "monitoring.dashboards", "false"));
        values.putAll(more);
        return values;
    }
}
