package io.siaran.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No pod reaches an address inside that the values do not name, whatever address a device, a webhook or a text holds. */
class ChartEgressTest {

    private static final List<String> INSIDE = List.of(
            "10.0.0.7", "100.64.3.2", "127.0.0.1", "169.254.169.254", "172.16.5.5", "172.31.255.254", "192.168.1.1");
    private static final List<Integer> PORTS =
            List.of(22, 53, 80, 443, 4318, 5432, 6443, 8080, 8084, 9000, 9092, 10250);
    private static final String OUTSIDE = "203.0.113.9";

    private final Rendered rendered = render(Map.of("bridge.enabled", "true"));

    @ParameterizedTest
    @ValueSource(strings = {"campaign", "sequence", "dispatch", "gateway", "bridge", "jobs"})
    void an_address_inside_is_reached_only_where_the_values_name_it(String component) {
        Egress egress = of(rendered, component);

        for (String address : INSIDE) {
            for (int port : PORTS) {
                assertThat(egress.allows(address, port))
                        .as("%s to %s:%d", component, address, port)
                        .isFalse();
            }
        }
    }

    @Test
    void what_the_values_name_is_reached_at_its_port_alone() {
        Egress gateway = of(rendered, "gateway");

        assertThat(gateway.allows("10.1.0.5", 5432)).isTrue();
        assertThat(gateway.allows("10.1.0.5", 443)).isFalse();
        assertThat(gateway.allows("10.2.0.5", 9092)).isTrue();
        assertThat(gateway.allows("10.2.0.5", 5432)).isFalse();
        assertThat(gateway.allows(OUTSIDE, 5432)).isFalse();
        assertThat(gateway.allows(OUTSIDE, 9092)).isFalse();
        assertThat(gateway.allows(OUTSIDE, 443)).isTrue();
        assertThat(of(rendered, "dispatch").allows(OUTSIDE, 443)).isTrue();
        assertThat(of(rendered, "bridge").allows(OUTSIDE, 443)).isTrue();
        assertThat(gateway.allows(OUTSIDE, 8080)).isFalse();
    }

    /** Authors ask the first three for it; the gateway fetches what goes out by the bridge. */
    @ParameterizedTest
    @ValueSource(strings = {"campaign", "sequence", "dispatch", "gateway"})
    void who_fetches_images_reaches_their_servers(String component) {
        assertThat(of(rendered, component).allows(OUTSIDE, 80)).isTrue();
        assertThat(of(rendered, component).allows(OUTSIDE, 443)).isTrue();
        assertThat(of(rendered, component).allows(OUTSIDE, 8080)).isFalse();
    }

    @Test
    void a_gateway_without_a_bridge_fetches_no_image() {
        assertThat(of(render(Map.of()), "gateway").allows(OUTSIDE, 80)).isFalse();
    }

    @Test
    void a_provider_of_tokens_inside_is_named_with_its_port() {
        Egress gateway = of(
                render(Map.of(
                        "auth.jwksUrl", "http://keycloak.id.svc:8080/certs",
                        "networkPolicies.jwksTo[0].ipBlock.cidr", "10.3.0.0/16",
                        "networkPolicies.jwksPorts[0]", "8080")),
                "gateway");

        assertThat(gateway.allows("10.3.0.1", 8080)).isTrue();
        assertThat(gateway.allows("10.3.0.1", 443)).isFalse();
        assertThat(gateway.allows("10.4.0.1", 8080)).isFalse();
    }

    @Test
    void a_server_that_is_named_by_its_address_or_by_its_service_needs_no_further_word() {
        Map<String, String> values = new HashMap<>(Chart.LEAST);
        values.keySet().removeIf(name -> name.startsWith("networkPolicies."));
        values.put("postgresql.host", "10.1.2.3");
        values.put("kafka.bootstrapServers", "kafka-0.kafka.streams.svc.cluster.local:9092");
        Rendered named = new Rendered(Chart.render(values));
        Egress gateway = of(named, "gateway");

        assertThat(gateway.allows("10.1.2.3", 5432)).isTrue();
        assertThat(gateway.allows("10.1.2.4", 5432)).isFalse();
        assertThat(gateway.allows("10.1.2.3", 9092)).isFalse();
        assertThat(gateway.policy().toString()).contains("\"kubernetes.io/metadata.name\":\"streams\"");
    }

    @Test
    void where_brokers_are_is_asked_for_since_one_address_is_not_all_of_them() {
        Map<String, String> values = new HashMap<>(Chart.LEAST);
        values.keySet().removeIf(name -> name.startsWith("networkPolicies.kafkaTo"));
        values.put("kafka.bootstrapServers", "10.2.0.5:9092");

        assertThatThrownBy(() -> Chart.render(values)).hasMessageContaining("networkPolicies.kafkaTo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresqlTo", "kafkaTo"})
    void a_server_of_which_only_the_name_is_known_is_asked_for(String value) {
        Map<String, String> values = new HashMap<>(Chart.LEAST);
        values.keySet().removeIf(name -> name.startsWith("networkPolicies." + value));

        assertThatThrownBy(() -> Chart.render(values)).hasMessageContaining("networkPolicies." + value);
        values.put("networkPolicies.enabled", "false");
        assertThat(Chart.render(values)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"platformsTo", "webhooksTo", "mediaTo", "jwksTo", "tracingTo"})
    void an_empty_list_which_kubernetes_takes_as_everything_is_refused(String value, @TempDir Path directory)
            throws IOException {
        Path values = Files.writeString(directory.resolve("values.yaml"), "networkPolicies: {" + value + ": []}");

        assertThatThrownBy(() -> Chart.render(List.of(values), Chart.LEAST, "1.33.0"))
                .hasMessageContaining("values don't meet the specifications of the schema")
                .hasMessageContaining(value);
    }

    private static Egress of(Rendered rendered, String component) {
        return new Egress(rendered.named("NetworkPolicy", "toko-siaran-" + component));
    }

    private static Rendered render(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Chart.LEAST);
        values.putAll(more);
        return new Rendered(Chart.render(values));
    }
}
