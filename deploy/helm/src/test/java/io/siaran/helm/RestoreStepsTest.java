package io.siaran.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.localstack.launcher.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the handbook types at the chart after a restore does what it says there, whatever the installation's own values are. */
class RestoreStepsTest {

    private static final Pattern SET = Pattern.compile("--set (\\S+)");

    @Test
    void nothing_runs_after_the_first_step_also_where_services_are_scaled_and_there_is_a_bridge() throws IOException {
        // Given
        Map<String, String> values = new HashMap<>(Chart.LEAST);
        for (Service service : Service.values()) {
            values.put("services." + service.shortName() + ".autoscaling.type", "cpu");
        }
        values.put("bridge.enabled", "true");
        assertThat(new Rendered(Chart.render(values)).ofKind("HorizontalPodAutoscaler"))
                .hasSize(Service.values().length);

        // When
        values.putAll(typed());
        Rendered rendered = new Rendered(Chart.render(values));

        // Then
        assertThat(rendered.objects())
                .extracting(each -> each.path("kind").asText())
                .doesNotContain("HorizontalPodAutoscaler", "ScaledObject", "Pod");
        List<JsonNode> workloads = rendered.objects().stream()
                .filter(each -> List.of("Deployment", "StatefulSet")
                        .contains(each.path("kind").asText()))
                .toList();
        assertThat(workloads)
                .hasSize(Service.values().length + 1)
                .allSatisfy(each -> assertThat(each.at("/spec/replicas").asInt(-1))
                        .as(each.path("metadata").toString())
                        .isZero());
    }

    @Test
    void the_third_step_migrates_every_database_while_nothing_runs_however_the_installation_migrates()
            throws IOException {
        for (String mode : List.of("init", "start")) {
            // Given
            Map<String, String> values = new HashMap<>(Chart.LEAST);
            values.put("migrations.mode", mode);
            // As long as the chart lets it be.
            values.put("fullnameOverride", "toko-siaran-" + "a".repeat(28));
            values.putAll(typed());

            // When
            values.putAll(typed("3. While nothing runs", "\n4. "));
            Rendered rendered = new Rendered(Chart.render(values));

            // Then
            assertThat(rendered.ofKind("Job"))
                    .hasSize(Service.values().length)
                    .allSatisfy(
                            job -> assertThat(new StrictManifests().faults(job)).isEmpty())
                    .allSatisfy(job -> assertThat(
                                    job.at("/spec/template/spec/restartPolicy").asText())
                            .isEqualTo("OnFailure"));
            for (Service service : Service.values()) {
                JsonNode workload = rendered.objects().stream()
                        .filter(each -> each.at("/metadata/name").asText().endsWith("a-" + service.shortName())
                                && each.at("/spec/replicas").isNumber())
                        .findFirst()
                        .orElseThrow();
                assertThat(workload.at("/spec/replicas").asInt(-1)).isZero();
                JsonNode pod = workload.at("/spec/template");
                JsonNode job = rendered.ofKind("Job")
                        .map(each -> each.at("/spec/template"))
                        .filter(each -> each.path("metadata").equals(pod.path("metadata")))
                        .findFirst()
                        .orElseThrow();
                assertThat(job.at("/spec/initContainers").isMissingNode()).isTrue();
                assertThat(job.at("/spec/containers")).isEqualTo(pod.at("/spec/initContainers"));
                assertThat(job.at("/spec/containers/0/env").toString())
                        .contains("QUARKUS_INIT_AND_EXIT", "QUARKUS_FLYWAY_MIGRATE_AT_START");
                assertThat(job.at("/spec/volumes")).isEqualTo(pod.at("/spec/volumes"));
            }
        }
    }

    @Test
    void the_job_of_the_topics_is_the_one_that_is_deleted() throws IOException {
        String labels = between("delete job -l ", "\n");

        JsonNode job = new Rendered(Chart.render(Chart.LEAST))
                .ofKind("Job")
                .findFirst()
                .orElseThrow();
        for (String label : labels.split(",")) {
            String[] nameAndValue = label.split("=");
            // The release of the tests has another name than that of the handbook.
            String value = nameAndValue[1].equals("siaran") ? "toko" : nameAndValue[1];
            assertThat(job.path("metadata").path("labels").path(nameAndValue[0]).asText())
                    .isEqualTo(value);
        }
    }

    private static Map<String, String> typed() throws IOException {
        return typed("1. **Nothing runs**", "\n2. ");
    }

    private static Map<String, String> typed(String from, String to) throws IOException {
        Map<String, String> typed = new LinkedHashMap<>();
        SET.matcher(between(from, to)).results().forEach(set -> {
            for (String one : set.group(1).split(",")) {
                typed.put(one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1));
            }
        });
        return typed;
    }

    private static String between(String from, String to) throws IOException {
        String handbook = Files.readString(Chart.REPOSITORY.resolve("docs/operations.md"));
        String restore = handbook.substring(handbook.indexOf("## Backup and restore"));
        int begin = restore.indexOf(from) + from.length();
        return restore.substring(begin, restore.indexOf(to, begin));
    }
}
