package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The part of the drill ({@link AlertsIT}) for which services look at their own pace, and which needs a bridge. */
@EnabledIfSystemProperty(named = "alerts.drill", matches = "true")
class SlowAlertsIT {

    /** Some services look once a minute, and only the third look is sure. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Duration LOOK = Duration.ofSeconds(1);

    /** What the services would take hours or many looks to give up. */
    private static final Map<String, String> IMPATIENT = Map.of(
            "SIARAN_FANOUT_REPEAT_AFTER", "1s",
            "SIARAN_FANOUT_REPEAT_AT_MOST", "0",
            "SIARAN_GATEWAY_CALLBACK_RECEIPTS_WITHIN", "5s");

    @TempDir
    Path directory;

    @TempDir
    Path rules;

    @Test
    void each_fault_has_its_alerts_fire_until_it_is_mended() throws IOException {
        if (Prometheus.program().isEmpty() || NodeProcess.node().isEmpty()) {
            System.out.println("No alert was seen firing: prometheus or npm is not installed.");
            abort("prometheus or npm is not installed");
        }
        HurriedRules.into(rules);
        try (PackagedStack.Running siaran = new PackagedStack.Running(IMPATIENT);
                Bridges bridges = new Bridges(siaran.stack(), directory).start();
                Prometheus prometheus = new Prometheus(directory, rules, targets(siaran, bridges))) {
            // Given
            List<Drill> faults = new SlowDrills(siaran, bridges).all();
            Drill.assertTheHandbookSaysSo("Slower alerts that were seen firing", faults);
            await().atMost(PATIENCE)
                    .pollInterval(LOOK)
                    .ignoreException(UncheckedIOException.class)
                    .until(() -> prometheus.shows("up == 1"));
            assertThat(prometheus.everFired()).isEmpty();

            // When
            PlatformDrills.together(faults.stream().map(Drill::happens));
            await().atMost(PATIENCE)
                    .pollInterval(LOOK)
                    .untilAsserted(() -> assertThat(prometheus.everFired()).containsAll(Drill.alerts(faults.stream())));
            PlatformDrills.together(faults.stream().map(Drill::isMended));

            // Then
            await().atMost(PATIENCE)
                    .pollInterval(LOOK)
                    .untilAsserted(() -> assertThat(prometheus.firing()).isEmpty());
        }
    }

    private static Map<String, List<URI>> targets(PackagedStack.Running siaran, Bridges bridges) {
        Map<String, List<URI>> targets = siaran.metrics();
        targets.put(
                "bridge",
                bridges.urls().stream().map(url -> URI.create(url + "/metrics")).toList());
        return targets;
    }
}
