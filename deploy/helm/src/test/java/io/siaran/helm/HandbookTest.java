package io.siaran.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.localstack.launcher.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the handbook says of who calls whom is what the chart sets. */
class HandbookTest {

    private static final Pattern SEEN = Pattern.compile("(?<=`)Siaran\\w+(?=`)");
    private static final Pattern ALERT = Pattern.compile("(?m)(?<=- alert: )\\w+$");
    private static final Pattern ASKED = Pattern.compile("(?m)^(siaran\\.\\S+\\.url)=http://toko-siaran-([a-z]+)\\.");

    private static final Pattern BROKERS =
            Pattern.compile("(?m)^\\| `(\\w+)`.*\\| (\\d) brokers?: (\\d) replicas?, (\\d) in sync \\|$");

    @Test
    void the_topics_of_a_profile_have_as_many_replicas_as_it_has_brokers() throws IOException {
        String size = Files.readString(Chart.REPOSITORY.resolve("docs/operations.md"))
                .split("\n## Size\n")[1]
                .split("\n### ")[0];
        Set<String> profiles = new TreeSet<>();

        for (MatchResult row : BROKERS.matcher(size).results().toList()) {
            String profile = row.group(1);
            profiles.add(profile);
            assertThat(row.group(3)).isEqualTo(row.group(2));
            assertThat(topics(Map.of("profile", profile)))
                    .contains("\"--replication\",\"" + row.group(3) + "\",\"--min-insync\",\"" + row.group(4) + "\"");
            Rendered strimzi = render(Map.of("profile", profile, "kafka.mode", "strimzi"));
            assertThat(strimzi.ofKind("KafkaNodePool")
                            .findFirst()
                            .orElseThrow()
                            .at("/spec/replicas")
                            .asText())
                    .isEqualTo(row.group(2));
        }
        assertThat(profiles).containsExactly("large", "medium", "small");
        assertThat(topics(Map.of("profile", "small", "kafka.topics.replication", "3")))
                .contains("\"--replication\",\"3\",\"--min-insync\",\"2\"");
        assertThat(topics(Map.of("kafka.topics.replication", "2")))
                .as("one of several may be away")
                .contains("\"--replication\",\"2\",\"--min-insync\",\"1\"");
        assertThat(render(Map.of("kafka.mode", "strimzi", "kafka.strimzi.replicas", "2"))
                        .ofKind("Kafka")
                        .findFirst()
                        .orElseThrow()
                        .at("/spec/kafka/config/min.insync.replicas")
                        .asText())
                .isEqualTo("1");
        assertThat(topics(Map.of("kafka.topics.replication", "5"))).contains("\"--min-insync\",\"2\"");
        assertThat(topics(Map.of("profile", "small", "kafka.mode", "strimzi", "kafka.strimzi.replicas", "5")))
                .contains("\"--replication\",\"3\",\"--min-insync\",\"2\"");
    }

    private static String topics(Map<String, String> more) {
        return render(more).ofKind("Job").findFirst().orElseThrow().toString();
    }

    private static Rendered render(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Chart.LEAST);
        values.putAll(more);
        return new Rendered(Chart.render(values));
    }

    /** The drill itself runs only for who asks for it. */
    @Test
    void every_alert_stands_beside_the_fault_by_which_it_was_seen_firing() throws IOException {
        String handbook = Files.readString(Chart.REPOSITORY.resolve("docs/operations.md"));
        String section = handbook.split("### Alerts that were seen firing\n")[1].split("\n### ")[0];
        Set<String> seen = section.lines()
                .filter(line -> line.startsWith("| "))
                .flatMap(line -> SEEN.matcher(line).results())
                .map(MatchResult::group)
                .collect(Collectors.toSet());
        Set<String> alerts = new TreeSet<>();
        try (Stream<Path> files = Files.list(Chart.REPOSITORY.resolve("deploy/prometheus"))) {
            for (Path file : files.filter(each -> each.toString().endsWith("-alerts.yml"))
                    .toList()) {
                ALERT.matcher(Files.readString(file))
                        .results()
                        .map(MatchResult::group)
                        .forEach(alerts::add);
            }
        }

        assertThat(alerts).hasSizeGreaterThan(30);
        assertThat(seen).isEqualTo(alerts);
    }

    @Test
    void every_service_that_another_one_calls_stands_in_the_security_model() throws IOException {
        String handbook = Files.readString(Chart.REPOSITORY.resolve("docs/operations.md"));
        String model = handbook.substring(handbook.indexOf("## Security model"), handbook.indexOf("## Size"));
        Map<String, String> values = new HashMap<>(Chart.LEAST);
        values.put("bridge.enabled", "true");
        Rendered rendered = new Rendered(Chart.render(values));

        int calls = 0;
        for (Service service : Service.values()) {
            String settings = rendered.named("ConfigMap", "toko-siaran-" + service.shortName())
                    .at("/data/application.properties")
                    .asText();
            for (MatchResult asked : ASKED.matcher(settings).results().toList()) {
                calls++;
                assertThat(model)
                        .containsPattern("\\| `" + service.shortName() + "` \\| `" + asked.group(2) + "` \\|.*"
                                + Pattern.quote(asked.group(1)));
            }
        }
        assertThat(calls).isEqualTo(3);
        assertThat(model).contains("| `gateway` | `bridge` |", "| `bridge` | `gateway` |");
        assertThat(handbook).doesNotContain("no service calls another");
    }
}
