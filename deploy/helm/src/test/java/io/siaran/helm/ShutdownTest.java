package io.siaran.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.localstack.launcher.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever is told to end may live as long as the code waits: what is killed before leaves calls of which nobody knows the end. */
class ShutdownTest {

    private static final Pattern STOP_WITHIN = Pattern.compile("'BRIDGE_STOP_WITHIN_MS', ([0-9_]+),");

    private final Rendered rendered = render(Map.of("bridge.enabled", "true"));

    @ParameterizedTest
    @EnumSource(Service.class)
    void a_pod_of_a_service_is_killed_after_the_last_wait_of_its_code(Service service) {
        JsonNode pod = rendered.workload(service).at("/spec/template/spec");
        int wayOut =
                seconds(pod.at("/containers/0/lifecycle/preStop/exec/command/1").asText());
        int requests = seconds(written(rendered, service).getProperty("quarkus.shutdown.timeout"));
        int calls = service == Service.GATEWAY ? Waits.forCalls() : 0;

        assertThat(Waits.ofEveryService()).isPositive();
        assertThat(pod.path("terminationGracePeriodSeconds").asInt())
                .as(service.module())
                .isGreaterThanOrEqualTo(wayOut + requests + calls + Waits.of(service) + Waits.ofEveryService())
                .isLessThan(wayOut + requests + calls + Waits.of(service) + Waits.ofEveryService() + 15);
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void another_time_for_requests_moves_the_setting_and_the_end(Service service) {
        String time = "services." + service.shortName() + ".shutdownSeconds";
        Rendered longer = render(Map.of(time, "45"));

        assertThat(written(longer, service)).containsEntry("quarkus.shutdown.timeout", "45s");
        assertThat(grace(longer, service)).isEqualTo(grace(rendered, service) + 30);
    }

    @Test
    void the_gateway_waits_for_calls_as_long_as_its_code_means_and_as_the_slowest_platform_takes() {
        Properties gateway = Datasources.of(Service.GATEWAY).properties();
        int slowest = gateway.stringPropertyNames().stream()
                .filter(name -> name.startsWith("siaran.gateway.call.timeouts."))
                .mapToInt(name -> seconds(gateway.getProperty(name)))
                .max()
                .orElseThrow();

        assertThat(Waits.forCalls())
                .isGreaterThanOrEqualTo(slowest + seconds(gateway.getProperty("siaran.sql.statement-timeout")));
        assertThat(written(rendered, Service.GATEWAY))
                .containsEntry("siaran.gateway.lane.shutdown-limit", Waits.forCalls() + "s");
        Rendered longer = render(Map.of("services.gateway.callsSeconds", "100"));
        assertThat(grace(longer, Service.GATEWAY)).isEqualTo(grace(rendered, Service.GATEWAY) + 100 - Waits.forCalls());
    }

    @Test
    void the_bridge_ends_by_itself_before_it_is_killed() throws IOException {
        String usual = STOP_WITHIN
                .matcher(Files.readString(Chart.REPOSITORY.resolve("whatsapp-bridge/src/config.ts")))
                .results()
                .map(each -> each.group(1).replace("_", ""))
                .findFirst()
                .orElseThrow();
        JsonNode pod = rendered.named("StatefulSet", "toko-siaran-bridge").at("/spec/template/spec");
        int wayOut =
                seconds(pod.at("/containers/0/lifecycle/preStop/exec/command/1").asText());

        assertThat(Rendered.each(pod.at("/containers/0/env"))
                        .filter(each -> each.path("name").asText().equals("BRIDGE_STOP_WITHIN_MS")))
                .singleElement()
                .satisfies(each -> assertThat(each.path("value").asText()).isEqualTo(usual));
        assertThat(pod.path("terminationGracePeriodSeconds").asInt())
                .isGreaterThan(wayOut + Integer.parseInt(usual) / 1000);
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void an_engine_and_the_launcher_give_a_process_the_same_time(Service service) {
        JsonNode compose = Chart.yaml(Chart.REPOSITORY.resolve("deploy/compose/compose.yaml"));
        String own = compose.at("/services/" + service.shortName() + "/stop_grace_period")
                .asText();
        String all = compose.at("/x-service/stop_grace_period").asText();
        int calls = service == Service.GATEWAY ? Waits.forCalls() : 0;

        int given = seconds(own.isEmpty() ? all : own);
        assertThat(given).isGreaterThanOrEqualTo(calls + Waits.of(service) + Waits.ofEveryService());
        assertThat(service.grace()).isEqualTo(Duration.ofSeconds(given));
    }

    private static int grace(Rendered rendered, Service service) {
        return rendered.workload(service)
                .at("/spec/template/spec/terminationGracePeriodSeconds")
                .asInt();
    }

    private static int seconds(String text) {
        return Integer.parseInt(text.replaceAll("s$", ""));
    }

    private static Properties written(Rendered rendered, Service service) {
        return Datasources.read(rendered.named("ConfigMap", "toko-siaran-" + service.shortName())
                .at("/data/application.properties")
                .asText());
    }

    private static Rendered render(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Chart.LEAST);
        values.putAll(more);
        return new Rendered(Chart.render(values));
    }
}
