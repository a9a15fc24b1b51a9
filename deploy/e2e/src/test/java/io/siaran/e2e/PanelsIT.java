package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus itself asks a stack that works, and every panel of every dashboard has something to show. */
@ExtendWith(PackagedStack.class)
class PanelsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final PackagedStack.Running siaran;

    @TempDir
    Path directory;

    PanelsIT(PackagedStack.Running siaran) {
        this.siaran = siaran;
    }

    @Test
    void no_panel_is_empty_and_every_rule_has_something_to_judge_while_messages_are_sent() {
        if (Prometheus.program().isEmpty()) {
            skip("prometheus is not installed (Debian: apt-get install prometheus)");
        }
        Optional<Bridges> bridges = bridges();
        try (Prometheus prometheus = new Prometheus(directory, targets(bridges));
                Traffic traffic = new Traffic(siaran, bridges)) {
            // Given
            List<Panel> empty = new ArrayList<>(Panel.all());
            assertThat(empty).hasSizeGreaterThan(80);
            if (bridges.isEmpty()) {
                System.out.println("  without the panels of the bridge: npm is not installed, or cannot install it");
                empty.removeIf(panel -> panel.dashboard().equals("bridge"));
            }

            // When
            traffic.begin();

            // Then
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
                traffic.goOn();
                empty.removeIf(panel -> prometheus.shows(panel.query()));
                assertThat(empty).as("panels without anything to show").isEmpty();
            });
            // A rule looks once a second: what a panel shows already, it may not have recorded yet.
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
                traffic.goOn();
                assertThat(prometheus.rules())
                        .hasSizeGreaterThan(45)
                        .allSatisfy(rule -> assertThat(rule.path("health").asText())
                                .as(rule.toString())
                                .isEqualTo("ok"))
                        .filteredOn(rule -> rule.path("type").asText().equals("recording"))
                        .allSatisfy(rule -> assertThat(
                                        prometheus.shows(rule.path("name").asText()))
                                .as("anything of " + rule.path("name"))
                                .isTrue());
            });
        } finally {
            bridges.ifPresent(Bridges::close);
        }
    }

    private static void skip(String why) {
        System.out.println("No panel was looked at: " + why + ".");
        abort(why);
    }

    private Optional<Bridges> bridges() {
        return NodeProcess.node().map(_ -> new Bridges(siaran.stack(), directory).start());
    }

    private Map<String, List<URI>> targets(Optional<Bridges> bridges) {
        Map<String, List<URI>> targets = siaran.metrics();
        bridges.ifPresent(each -> targets.put(
                "bridge",
                each.urls().stream().map(url -> URI.create(url + "/metrics")).toList()));
        return targets;
    }
}
