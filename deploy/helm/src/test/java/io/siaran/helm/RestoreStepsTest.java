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
        Map<String, String> typed = new LinkedHashMap<>();
        SET.matcher(between("1. **Nothing runs**", "\n2. ")).results().forEach(set -> {
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
