package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A drill: what can go wrong does, on running services, and Prometheus itself, with the rules that operators get, fires the alerts
 * that tell of it and ends them when it is mended. Which those are stands in docs/operations.md.
 *
 * <p>Only for who asks for it: a minute of the rules is a second here, so that a machine that is busy otherwise, or a very fast one,
 * decides what fires.
 */
@EnabledIfSystemProperty(named = "alerts.drill", matches = "true")
class AlertsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** The service of which no other fault is. */
    private static final String NOBODY_ASKS = "SiaranServiceMissing of campaign";

    /** What the services would take minutes to notice. */
    private static final Map<String, String> IMPATIENT = Map.of(
            "SIARAN_GATEWAY_CHECK_EVERY", "2s",
            "SIARAN_ANALYTICS_CHECK_INTERVAL", "1s",
            "SIARAN_FLEET_WATCH_INTERVAL", "1s",
            "SIARAN_FLEET_WARN_BEFORE_EXPIRY", "365d");

    @TempDir
    Path directory;

    @TempDir
    Path rules;

    @Test
    void each_fault_has_its_alerts_fire_until_it_is_mended() throws IOException {
        if (Prometheus.program().isEmpty()) {
            System.out.println(
                    "No alert was seen firing: prometheus is not installed (Debian: apt-get install prometheus).");
            abort("prometheus is not installed");
        }
        HurriedRules.into(rules);
        try (PackagedStack.Running siaran = new PackagedStack.Running(IMPATIENT);
                StoreDrills stores = new StoreDrills(siaran);
                Prometheus prometheus = new Prometheus(directory, rules, allBut("campaign", siaran.metrics()))) {
            // Given
            PlatformDrills platforms = new PlatformDrills(siaran);
            List<Drill> faults = Stream.of(
                            stores.all(),
                            platforms.all(),
                            List.of(new Drill(
                                    "nobody told Prometheus of a service",
                                    Set.of(NOBODY_ASKS),
                                    () -> {},
                                    () -> prometheus.ask(siaran.metrics()))))
                    .flatMap(List::stream)
                    .toList();
            Drill spokeTooSoon = platforms.aDeviceSpokeTooSoon();
            Drill killed = platforms.theGatewayIsKilledInMidCall();
            Drill dark = platforms.theGatewayHasNoDatabase();
            List<Drill> all = Stream.concat(faults.stream(), Stream.of(spokeTooSoon, killed, dark))
                    .toList();
            Drill.assertTheHandbookSaysSo("Alerts that were seen firing", all);
            await().atMost(PATIENCE)
                    .pollInterval(LOOK)
                    .untilAsserted(() -> assertThat(prometheus.firing()).contains(NOBODY_ASKS));
            assertThat(prometheus.everFired()).containsOnly(NOBODY_ASKS);

            // When
            PlatformDrills.together(
                    Stream.concat(faults.stream(), Stream.of(spokeTooSoon)).map(Drill::happens));
            awaitFired(prometheus, faults);
            PlatformDrills.together(faults.stream().map(Drill::isMended));
            killed.happens().run();
            awaitFired(prometheus, List.of(spokeTooSoon, killed));
            killed.isMended().run();
            dark.happens().run();
            awaitFired(prometheus, all);
            dark.isMended().run();

            // Then
            await().atMost(PATIENCE)
                    .pollInterval(LOOK)
                    .untilAsserted(() -> assertThat(prometheus.firing()).isEmpty());
        }
    }

    private static Map<String, List<URI>> allBut(String service, Map<String, List<URI>> targets) {
        Map<String, List<URI>> others = new TreeMap<>(targets);
        others.remove(service);
        return others;
    }

    private static void awaitFired(Prometheus prometheus, List<Drill> drills) {
        await().atMost(PATIENCE)
                .pollInterval(LOOK)
                .untilAsserted(() -> assertThat(prometheus.everFired()).containsAll(Drill.alerts(drills.stream())));
    }
}
