package io.siaran.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.localstack.launcher.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart says about the services is what the services say. */
class ChartAndCodeTest {

    private static final Path VALUES =
            Chart.REPOSITORY.resolve("deploy/helm/src/test/resources/values/everything.yaml");

    private final Rendered rendered = new Rendered(Chart.render(
            List.of(VALUES),
            Map.of("services.campaign.autoscaling.type", "lag", "services.gateway.autoscaling.type", "lag"),
            "1.33.0"));

    @Test
    void every_path_of_the_front_door_is_one_of_the_ingress() {
        JsonNode paths = Chart.yaml(Chart.DIRECTORY.resolve("files/paths.yaml")).path("api");

        for (Service service : Service.values()) {
            assertThat(Rendered.each(paths.path(service.shortName()))
                            .map(JsonNode::asText)
                            .collect(Collectors.toSet()))
                    .as(service.module())
                    .containsAll(service.resources());
        }
        String api = rendered.named("Ingress", "toko-siaran").toString();
        String callbacks = rendered.named("Ingress", "toko-siaran-callbacks").toString();
        assertThat(api).doesNotContain("callbacks").doesNotContain("/q/");
        assertThat(callbacks).contains("/api/v1/callbacks").doesNotContain("/api/v1/devices");
        JsonNode imports = rendered.named("Ingress", "toko-siaran-imports");
        assertThat(imports.at("/metadata/annotations/nginx.ingress.kubernetes.io~1proxy-body-size")
                        .asText())
                .isEqualTo("200m");
        assertThat(imports.findValuesAsText("path")).containsExactly("/api/v1/leads/import");
    }

    /** That campaign-service has it, with this path and no other, is said by its {@code OneDocumentTest}. */
    @Test
    void the_one_document_of_all_services_is_where_the_front_door_has_it_and_those_of_each_beside_it() {
        JsonNode paths = rendered.named("Ingress", "toko-siaran").at("/spec/rules/0/http/paths");
        Map<String, String> documents = Rendered.each(paths)
                .filter(each -> each.path("path").asText().startsWith("/docs/"))
                .collect(Collectors.toMap(
                        each -> each.path("pathType").asText() + " "
                                + each.path("path").asText(),
                        each -> each.at("/backend/service/name").asText()));

        assertThat(documents)
                .containsEntry("Exact /docs/openapi.json", "toko-siaran-campaign")
                .hasSize(1 + Service.values().length);
        for (Service service : Service.values()) {
            assertThat(documents)
                    .containsEntry("Prefix /docs/" + service.shortName(), "toko-siaran-" + service.shortName());
        }
    }

    @Test
    void the_gateway_and_the_bridge_find_each_other_and_share_one_token() {
        JsonNode bridge = rendered.named("StatefulSet", "toko-siaran-bridge");
        JsonNode service = rendered.named("Service", "toko-siaran-bridge");
        JsonNode gateway = rendered.named("StatefulSet", "toko-siaran-gateway");
        int port = service.at("/spec/ports/0/port").asInt();

        assertThat(variable(gateway, "SIARAN_GATEWAY_BRIDGE_URL").path("value").asText())
                .startsWith("http://toko-siaran-bridge.")
                .endsWith(".svc:" + port);
        assertThat(variable(gateway, "SIARAN_GATEWAY_BRIDGE_TOKEN").path("valueFrom"))
                .isEqualTo(variable(bridge, "BRIDGE_TOKEN").path("valueFrom"));
        assertThat(variable(bridge, "BRIDGE_PORT").path("value").asText()).isEqualTo(Integer.toString(port));
        assertThat(variable(bridge, "BRIDGE_WEBHOOK_URL").path("value").asText())
                .startsWith("http://toko-siaran-gateway.")
                .endsWith("/api/v1/callbacks");
    }

    /** An image that learnt its start says where the heap begins, and its JVM would not start with less, nor with a smaller limit. */
    @ParameterizedTest
    @ValueSource(strings = {"small", "medium", "large"})
    void a_service_starts_by_the_options_of_its_image_and_the_chart_adds_the_limit_of_the_heap_alone(String profile) {
        Map<String, String> values = new HashMap<>(Chart.LEAST);
        values.put("profile", profile);
        Rendered pods = new Rendered(Chart.render(values));

        for (Service service : Service.values()) {
            JsonNode workload = pods.named(
                    service == Service.GATEWAY ? "StatefulSet" : "Deployment", "toko-siaran-" + service.shortName());
            List<String> command = Rendered.each(workload.at("/spec/template/spec/containers/0/command"))
                    .map(JsonNode::asText)
                    .toList();

            assertThat(command)
                    .as(service.module())
                    .hasSize(5)
                    .startsWith("java", "@/app/jvm.options")
                    .endsWith("-jar", "/app/quarkus-run.jar");
            assertThat(command.get(2)).matches("-Xmx[1-9]\\d\\dm");
        }
    }

    @Test
    void every_program_is_watched_at_a_port_of_its_service() {
        for (String component : List.of("campaign", "sequence", "dispatch", "gateway", "bridge")) {
            JsonNode service = rendered.named("Service", "toko-siaran-" + component);
            List<JsonNode> monitors = rendered.ofKind("ServiceMonitor")
                    .filter(each -> selects(each.at("/spec/selector"), service.at("/metadata/labels")))
                    .toList();

            assertThat(monitors).as(component).hasSize(1);
            assertThat(service.at("/spec/ports").findValuesAsText("name"))
                    .as(component)
                    .contains(monitors.getFirst().at("/spec/endpoints/0/port").asText());
        }
    }

    private static boolean selects(JsonNode selector, JsonNode labels) {
        return selector.path("matchLabels").properties().stream()
                        .allMatch(each -> labels.path(each.getKey()).equals(each.getValue()))
                && Rendered.each(selector.path("matchExpressions"))
                        .allMatch(each -> each.path("values")
                                .toString()
                                .contains(labels.path(each.path("key").asText()).toString()));
    }

    private static JsonNode variable(JsonNode workload, String name) {
        return Rendered.each(workload.at("/spec/template/spec/containers/0/env"))
                .filter(each -> each.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name));
    }

    @Test
    void what_scales_by_lag_looks_at_topics_and_groups_that_there_are() throws IOException {
        Set<String> there = new TreeSet<>();
        for (Service service : Service.values()) {
            Path properties = Chart.REPOSITORY.resolve(service.module() + "/src/main/resources/application.properties");
            for (String line : Files.readAllLines(properties)) {
                if (line.matches("mp\\.messaging\\.incoming\\..*\\.group\\.id=.*")) {
                    String topic = line.replaceAll("^mp\\.messaging\\.incoming\\.(.*)\\.group\\.id=.*", "$1");
                    there.add(line.replaceAll(".*=", "") + " " + topic);
                }
            }
        }

        Stream<String> asked = rendered.ofKind("ScaledObject")
                .flatMap(each -> Rendered.each(each.at("/spec/triggers")))
                .map(trigger -> trigger.path("metadata"))
                .map(trigger -> trigger.path("consumerGroup").asText() + " "
                        + trigger.path("topic").asText());

        assertThat(there).containsAll(asked.toList());
    }

    /** {@code StaticMembersIT} says what comes of it; it needs a name that the pod keeps, and a channel that the gateway has. */
    @Test
    void a_gateway_is_the_same_member_of_its_group_after_every_restart_by_the_name_of_its_pod() throws IOException {
        String channel = "mp.messaging.incoming.device-sends.";
        String settings = settings("gateway");

        assertThat(settings.lines())
                .contains(channel + "group.instance.id=${POD_NAME}")
                .contains(channel + "session.timeout.ms=60000");
        assertThat(variable(rendered.named("StatefulSet", "toko-siaran-gateway"), "POD_NAME")
                        .at("/valueFrom/fieldRef/fieldPath")
                        .asText())
                .isEqualTo("metadata.name");
        assertThat(Datasources.of(Service.GATEWAY).properties()).containsKey(channel + "group.id");
        assertThat(settings("dispatch")).doesNotContain("group.instance.id");
    }

    private String settings(String component) {
        return rendered.ofKind("ConfigMap")
                .filter(each -> each.at("/metadata/name").asText().endsWith("-" + component))
                .map(each -> each.at("/data/application.properties").asText())
                .collect(Collectors.joining());
    }

    @Test
    void platforms_and_people_are_told_hosts_at_which_the_ingress_serves_them() {
        String settings = settings("gateway");

        assertThat(pathsAt(host("siaran.gateway.callback.public-url", settings)))
                .contains("/api/v1/callbacks");
        assertThat(pathsAt(host("siaran.gateway.link.public-url", settings))).contains("/api/v1/devices");
    }

    private static String host(String setting, String settings) {
        return settings.lines()
                .filter(line -> line.startsWith(setting + "=https://"))
                .map(line -> line.replaceAll(".*=https://", ""))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + setting));
    }

    private Set<String> pathsAt(String host) {
        return rendered.ofKind("Ingress")
                .flatMap(each -> Rendered.each(each.at("/spec/rules")))
                .filter(rule -> rule.path("host").asText().equals(host))
                .flatMap(rule -> Rendered.each(rule.at("/http/paths")))
                .map(path -> path.path("path").asText())
                .collect(Collectors.toSet());
    }

    @Test
    void every_setting_that_the_chart_writes_is_one_that_a_service_has() throws IOException {
        String documented = Files.readString(Chart.REPOSITORY.resolve("docs/configuration.md"));

        rendered.ofKind("ConfigMap")
                .map(each -> each.at("/data/application.properties").asText())
                .flatMap(String::lines)
                .filter(line -> line.startsWith("siaran."))
                .map(line -> line.replaceAll("=.*", ""))
                .filter(name -> !name.startsWith("siaran.rest."))
                .forEach(name -> assertThat(documented).contains("`" + name + "`"));
    }
}
