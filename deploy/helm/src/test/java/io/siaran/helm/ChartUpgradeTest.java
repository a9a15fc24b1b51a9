package io.siaran.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.UpgradeCommand;
import io.siaran.localstack.launcher.Service;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code helm upgrade} and {@code helm rollback} ask of a cluster, it does. */
class ChartUpgradeTest {

    /** A cluster refuses whoever changes the pod of a job, and the whole upgrade with it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "image.registry=registry.example.com",
                "image.pullPolicy=Always",
                "image.pullSecrets[0].name=pull",
                "commonLabels.team=kedai",
                "tcpKeepalive=false",
                "kafka.caSecret.name=other-ca",
                "kafka.securityProtocol=SSL",
                "kafka.topics.retentionDays=8",
            })
    void a_job_whose_pod_is_another_one_is_another_job(String change) {
        String[] valueAndOther = change.split("=", 2);

        isAnother(job(Map.of()), job(Map.of(valueAndOther[0], valueAndOther[1])));
    }

    @Test
    void another_version_of_the_chart_or_of_siaran_is_another_job(@TempDir Path directory) throws IOException {
        Map<String, String> image = Map.of("image.tag", "1.2.3");
        for (String version : List.of("version", "appVersion")) {
            Path chart = copy(directory.resolve(version));
            Path description = chart.resolve("Chart.yaml");
            Files.writeString(
                    description,
                    Files.readString(description).replaceFirst("(?m)^" + version + ": .*$", version + ": 9.9.9"));

            isAnother(job(image), job(Chart.render(chart, List.of(), least(image), "1.33.0")));
        }
    }

    @Test
    void a_cluster_whose_pods_may_do_more_has_another_job() {
        isAnother(
                job(Chart.render(List.of(), Chart.LEAST, "1.28.0")),
                job(Chart.render(List.of(), Chart.LEAST, "1.33.0")));
    }

    @Test
    void the_job_stays_where_its_pod_does() {
        assertThat(job(Map.of("logging.level", "DEBUG", "services.gateway.replicas", "3")))
                .isEqualTo(job(Map.of()));
    }

    /** Its port for callers opens behind Flyway, and a pod that is killed in the midst of a migration begins it again. */
    @Test
    void who_migrates_at_its_start_has_hours_for_it() {
        Rendered atStart = new Rendered(Chart.render(
                List.of(Chart.REPOSITORY.resolve("deploy/helm/src/test/resources/values/least.yaml")),
                Map.of(),
                "1.33.0"));
        Rendered before = new Rendered(Chart.render(Chart.LEAST));
        Rendered longer = new Rendered(
                Chart.render(least(Map.of("migrations.mode", "start", "migrations.startSeconds", "172800"))));

        for (Service service : Service.values()) {
            assertThat(secondsToStart(atStart.workload(service))).isGreaterThanOrEqualTo(6 * 3600);
            assertThat(secondsToStart(before.workload(service))).isEqualTo(120);
            assertThat(secondsToStart(longer.workload(service))).isEqualTo(172_800);
        }
    }

    /** With {@code --reuse-values} nobody has said what is new in the chart. */
    @Test
    void who_migrates_at_its_start_has_hours_for_it_with_the_values_of_an_earlier_chart_too() {
        Map<String, String> earlier = least(Map.of("migrations.mode", "start", "migrations.startSeconds", "null"));

        assertThat(secondsToStart(new Rendered(Chart.render(earlier)).workload(Service.GATEWAY)))
                .isEqualTo(6 * 3600);
    }

    /** Until there were profiles of one broker, {@code small} too had three. */
    @Test
    void brokers_that_are_there_stay_where_no_number_is_said() throws IOException {
        List<JsonNode> installed = Chart.render(strimzi(Map.of("kafka.strimzi.replicas", "3"))).stream()
                .filter(each -> !each.path("kind").asText().equals("Pod"))
                .toList();
        JsonNode pool = new Rendered(installed).named("KafkaNodePool", "toko-siaran-brokers");
        assertThat(pool.at("/spec/replicas").asInt()).isEqualTo(3);
        JsonNode kafka = new Rendered(installed).named("Kafka", "toko-siaran");
        try (FakeCluster cluster = new FakeCluster(installed)) {
            upgrade(cluster, strimzi(Map.of("kafka.strimzi.memory", "3Gi")));

            assertThat(cluster.patch(pool).at("/spec/resources/limits/memory").asText())
                    .isEqualTo("3Gi");
            assertThat(cluster.patch(pool).path("spec").has("replicas")).isFalse();
            assertThat(cluster.patch(kafka).has("spec")).isFalse();
        }
        try (FakeCluster cluster = new FakeCluster(installed)) {
            upgrade(cluster, strimzi(Map.of("kafka.strimzi.replicas", "4")));

            assertThat(cluster.patch(pool).at("/spec/replicas").asInt()).isEqualTo(4);
        }
    }

    private static void upgrade(FakeCluster cluster, Map<String, String> values) {
        UpgradeCommand upgrade = new Helm(Chart.DIRECTORY)
                .upgrade()
                .disableOpenApiValidation()
                .withKubeConfigContents(cluster.kubeConfig())
                .withName("toko")
                .withNamespace("siaran");
        values.forEach(upgrade::set);
        upgrade.call();
    }

    private static Map<String, String> strimzi(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Chart.LEAST);
        values.putAll(Map.of(
                "kafka.mode", "strimzi",
                "networkPolicies.enabled", "false",
                "podDisruptionBudgets", "false",
                "ingress.enabled", "false",
                "kafka.topics.create", "false",
                "monitoring.dashboards", "false"));
        values.putAll(more);
        return values;
    }

    /** What an installation had of an earlier chart, or has of its own, is not lowered by a default. */
    @Test
    void topics_that_are_there_have_fewer_replicas_in_sync_only_where_that_is_said() {
        assertThat(job(Map.of()).toString()).doesNotContain("--lower-min-insync");
        assertThat(job(Map.of("kafka.topics.minInsync", "1")).toString())
                .contains("\"--min-insync\",\"1\"", "\"--lower-min-insync\",\"yes\"");
    }

    private static int secondsToStart(JsonNode workload) {
        JsonNode probe = workload.at("/spec/template/spec/containers/0/startupProbe");
        return probe.path("periodSeconds").asInt()
                * probe.path("failureThreshold").asInt();
    }

    private static void isAnother(JsonNode job, JsonNode other) {
        assertThat(other.path("spec")).isNotEqualTo(job.path("spec"));
        assertThat(other.at("/metadata/name")).isNotEqualTo(job.at("/metadata/name"));
    }

    private static JsonNode job(Map<String, String> more) {
        return job(Chart.render(least(more)));
    }

    /** The only one that there is, and no hook: one that Helm made anew each time could keep its name. */
    private static JsonNode job(List<JsonNode> objects) {
        List<JsonNode> jobs = new Rendered(objects).ofKind("Job").toList();
        assertThat(jobs).hasSize(1);
        return jobs.getFirst();
    }

    private static Map<String, String> least(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Chart.LEAST);
        values.put("kafka.caSecret.name", "kafka-ca");
        values.putAll(more);
        return values;
    }

    private static Path copy(Path target) throws IOException {
        try (Stream<Path> files = Files.walk(Chart.DIRECTORY, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(Chart.DIRECTORY.relativize(file).toString()));
            }
        }
        return target;
    }
}
