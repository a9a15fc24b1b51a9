package io.siaran.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each combination of values gives objects that a cluster takes as they are, and each mistake is refused. */
class ChartTest {

    /** What BRIDGE_MAX_SESSIONS is where nobody sets it. */
    private static final int PHONES_OF_A_BRIDGE_POD = 250;

    private static final Path VALUES = Chart.REPOSITORY.resolve("deploy/helm/src/test/resources/values");
    private static final StrictManifests STRICT = new StrictManifests();

    @Test
    void helm_finds_nothing_to_complain_of() {
        assertThat(Chart.lint().getMessages()).allMatch(message -> message.startsWith("[INFO]"));
        assertThat(Chart.lint().isFailed()).isFalse();
    }

    static Stream<Rendered> matrix() {
        return Stream.of("1.27.16", "1.33.0")
                .flatMap(kubernetes -> Stream.of("in-chart", "everything", "least")
                        .flatMap(file -> Stream.of("small", "medium", "large")
                                .map(profile -> new Rendered(Chart.render(
                                        List.of(VALUES.resolve(file + ".yaml")),
                                        Map.of("profile", profile),
                                        kubernetes)))));
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void every_object_is_what_kubernetes_knows_and_restricted(Rendered rendered) {
        assertThat(rendered.objects().stream().flatMap(each -> STRICT.faults(each).stream()))
                .isEmpty();
        assertThat(rendered.objects())
                .extracting(each -> each.path("kind").asText()
                        + each.path("metadata").path("name").asText())
                .doesNotHaveDuplicates();
        rendered.pods().forEach(ChartTest::isRestricted);
    }

    /** What the pod security standard {@code restricted} asks for, and a little more. */
    private static void isRestricted(JsonNode pod) {
        JsonNode spec = pod.path("spec");
        assertThat(spec.path("automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(spec.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(spec.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        Rendered.containers(pod).forEach(container -> {
            assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                    .isFalse();
            assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                    .isTrue();
            assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                    .isEqualTo("ALL");
            assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
            assertThat(container.at("/resources/requests/cpu").asText()).isNotEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void what_refers_to_something_finds_it(Rendered rendered) {
        List<JsonNode> labels =
                rendered.pods().map(pod -> pod.at("/metadata/labels")).toList();
        rendered.ofKind("Service")
                .forEach(service -> assertThat(labels)
                        .as("pods of " + service.at("/metadata/name"))
                        .anyMatch(pod -> matches(service.at("/spec/selector"), pod)));
        rendered.ofKind("PodDisruptionBudget").forEach(budget -> {
            assertThat(labels).anyMatch(pod -> matches(budget.at("/spec/selector/matchLabels"), pod));
            assertThat(budget.at("/spec/unhealthyPodEvictionPolicy").asText()).isEqualTo("AlwaysAllow");
        });
        rendered.ofKind("Ingress")
                .flatMap(ingress -> ingress.findValues("service").stream())
                .forEach(backend ->
                        rendered.named("Service", backend.path("name").asText()));
        rendered.pods().forEach(pod -> volumesAreThere(rendered, pod));
        Stream.concat(rendered.ofKind("HorizontalPodAutoscaler"), rendered.ofKind("ScaledObject"))
                .map(each -> each.at("/spec/scaleTargetRef"))
                .forEach(target -> assertThat(rendered.named(
                                        target.path("kind").asText(),
                                        target.path("name").asText())
                                .at("/spec/replicas")
                                .isMissingNode())
                        .as("who scales sets the replicas")
                        .isTrue());
    }

    private static boolean matches(JsonNode selector, JsonNode labels) {
        return selector.properties().stream().allMatch(each -> each.getValue().equals(labels.path(each.getKey())));
    }

    private static void volumesAreThere(Rendered rendered, JsonNode pod) {
        List<String> volumes = Rendered.each(pod.at("/spec/volumes"))
                .map(each -> each.path("name").asText())
                .toList();
        Rendered.containers(pod)
                .flatMap(container -> Rendered.each(container.path("volumeMounts")))
                .map(mount -> mount.path("name").asText())
                .filter(name -> !name.equals("data"))
                .forEach(name -> assertThat(volumes).contains(name));
        Rendered.each(pod.at("/spec/volumes"))
                .map(each -> each.at("/configMap/name"))
                .filter(name -> !name.isMissingNode())
                .forEach(name -> rendered.named("ConfigMap", name.asText()));
    }

    @ParameterizedTest
    @CsvSource({"small,1,1", "medium,2,2", "large,5,3"})
    void a_profile_says_how_many_there_are(String profile, int gateways, int dispatchers) {
        Rendered rendered = render(Map.of("profile", profile));

        assertThat(rendered.named("StatefulSet", "toko-siaran-gateway")
                        .at("/spec/replicas")
                        .asInt())
                .isEqualTo(gateways);
        assertThat(rendered.named("Deployment", "toko-siaran-dispatch")
                        .at("/spec/replicas")
                        .asInt())
                .isEqualTo(dispatchers);
        assertThat(rendered.ofKind("Job").findFirst().orElseThrow().toString())
                .contains(profile.equals("small") ? "\"--partitions\",\"12\"" : "\"--partitions\",\"64\"");
    }

    @ParameterizedTest
    @CsvSource({"medium,1000", "large,3000"})
    void the_phones_of_a_bridge_pod_that_is_gone_have_room_in_the_others(String profile, int phones) {
        Rendered rendered = render(Map.of("profile", profile, "bridge.enabled", "true"));

        int pods = rendered.named("StatefulSet", "toko-siaran-bridge")
                .at("/spec/replicas")
                .asInt();
        assertThat((pods - 1) * PHONES_OF_A_BRIDGE_POD).isGreaterThanOrEqualTo(phones);
    }

    @Test
    void probes_ask_nobody_but_the_process_itself() {
        Rendered rendered = render(Map.of());

        rendered.pods()
                .flatMap(Rendered::containers)
                .flatMap(container -> Stream.of("readinessProbe", "livenessProbe", "startupProbe")
                        .map(container::path))
                .filter(probe -> probe.has("httpGet"))
                .forEach(probe -> assertThat(probe.at("/httpGet/path").asText()).isEqualTo("/q/health/live"));
    }

    @Test
    void a_service_reaches_the_services_that_it_asks_and_they_let_it_in() {
        Rendered rendered = render(Map.of());

        assertThatOneAsksTheOther(rendered, "gateway", "campaign");
        assertThatOneAsksTheOther(rendered, "gateway", "dispatch");
        assertThatOneAsksTheOther(rendered, "campaign", "dispatch");
    }

    private static void assertThatOneAsksTheOther(Rendered rendered, String asking, String asked) {
        assertThat(rendered.named("ConfigMap", "toko-siaran-" + asking)
                        .at("/data")
                        .toString())
                .contains("url=http://toko-siaran-" + asked + ".");
        assertThat(rendered.named("NetworkPolicy", "toko-siaran-" + asking)
                        .at("/spec/egress")
                        .toString())
                .contains("\"app.kubernetes.io/component\":\"" + asked + "\"");
        assertThat(rendered.named("NetworkPolicy", "toko-siaran-" + asked)
                        .at("/spec/ingress")
                        .toString())
                .contains("\"app.kubernetes.io/component\":\"" + asking + "\"");
    }

    @Test
    void traces_go_where_the_values_say_and_nowhere_else() {
        Rendered traced = render(Map.of("tracing.endpoint", "http://collector.monitoring:4318"));

        for (String component : List.of("campaign", "sequence", "dispatch", "gateway")) {
            String name = "toko-siaran-" + component;
            assertThat(traced.named("ConfigMap", name).at("/data").toString())
                    .contains("siaran.tracing.endpoint=http://collector.monitoring:4318")
                    .contains("siaran.tracing.share=0.01");
            assertThat(traced.named("NetworkPolicy", name).at("/spec/egress").toString())
                    .contains("4318");
            assertThat(render(Map.of()).named("NetworkPolicy", name).toString()).doesNotContain("4318");
        }
        assertThat(traced.objects().stream().flatMap(each -> STRICT.faults(each).stream()))
                .isEmpty();
    }

    @Test
    void the_check_itself_finds_what_is_wrong() {
        Rendered rendered = new Rendered(Chart.render(
                List.of(VALUES.resolve("everything.yaml")),
                Map.of("kafka.mode", "strimzi", "kafka.securityProtocol", "PLAINTEXT"),
                "1.33.0"));
        Map.of(
                        "Deployment", "/spec/template/spec",
                        "StatefulSet", "/spec/template/spec/containers/0",
                        "ScaledObject", "/spec",
                        "ServiceMonitor", "/spec/endpoints/0",
                        "PrometheusRule", "/spec/groups/0/rules/0",
                        "Kafka", "/spec/kafka",
                        "NetworkPolicy", "/spec",
                        "Ingress", "/spec/rules/0")
                .forEach((kind, place) -> {
                    JsonNode spoilt =
                            rendered.ofKind(kind).findFirst().orElseThrow().deepCopy();
                    assertThat(STRICT.faults(spoilt)).isEmpty();
                    ((ObjectNode) spoilt.at(place)).put("replicaz", 3);
                    assertThat(STRICT.faults(spoilt)).as(kind).isNotEmpty();
                });
    }

    @Test
    void a_wrong_type_and_a_missing_field_are_found_too() {
        ObjectNode deployment =
                render(Map.of()).ofKind("Deployment").findFirst().orElseThrow().deepCopy();
        ((ObjectNode) deployment.at("/spec")).put("replicas", "three");
        assertThat(STRICT.faults(deployment)).isNotEmpty();

        ObjectNode service =
                render(Map.of()).ofKind("Deployment").findFirst().orElseThrow().deepCopy();
        ((ObjectNode) service.at("/spec")).remove("selector");
        assertThat(STRICT.faults(service)).isNotEmpty();
    }

    private static Rendered render(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Chart.LEAST);
        values.putAll(more);
        return new Rendered(Chart.render(values));
    }
}
