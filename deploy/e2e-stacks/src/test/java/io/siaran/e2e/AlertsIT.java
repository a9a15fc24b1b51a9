package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
    private static final Path HANDBOOK = PackagedStack.REPOSITORY.resolve("docs/operations.md");

    /** The service of which no other fault is. */
    private static final String NOBODY_ASKS = "SiaranServiceMissing of campaign";

    /** What services look at every half minute or so stands still for the rules here, to which that is half an hour. */
    private static final String NOT_IN_A_HURRY = "SiaranPacingNotAudited";

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
        Set<String> alerts = HurriedRules.into(rules);
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
            List<Drill> all = Stream.concat(faults.stream(), Stream.of(spokeTooSoon, killed))
                    .toList();
            assertTheHandbookSaysSo(alerts, all);
            await().atMost(PATIENCE)
                    .pollInterval(LOOK)
                    .untilAsserted(() -> assertThat(prometheus.firing()).contains(NOBODY_ASKS));
            assertThat(prometheus.everFired()).isSubsetOf(NOBODY_ASKS, NOT_IN_A_HURRY);

            // When
            PlatformDrills.together(
                    Stream.concat(faults.stream(), Stream.of(spokeTooSoon)).map(Drill::happens));
            awaitFired(prometheus, faults);
            PlatformDrills.together(faults.stream().map(Drill::isMended));
            killed.happens().run();
            awaitFired(prometheus, all);
            killed.isMended().run();

            // Then
            await().atMost(PATIENCE)
                    .pollInterval(LOOK)
                    .untilAsserted(() -> assertThat(prometheus.firing()).isSubsetOf(NOT_IN_A_HURRY));
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

    /** A row for each fault, and below them each alert that none brings about. */
    private static void assertTheHandbookSaysSo(Set<String> alerts, List<Drill> drills) throws IOException {
        Set<String> others = new TreeSet<>(alerts);
        drills.stream().flatMap(Drill::names).forEach(others::remove);
        String section = Files.readString(HANDBOOK)
                .split("### Alerts that were seen firing\n")[1]
                .split("\n##")[0];
        assertThat(section.lines().filter(line -> line.startsWith("| ") && line.contains("`")))
                .containsExactlyInAnyOrderElementsOf(
                        drills.stream().map(Drill::row).toList());
        assertThat(section.lines().filter(line -> line.startsWith("- `")).map(line -> line.split("`")[1]))
                .containsExactlyInAnyOrderElementsOf(others);
    }
}
