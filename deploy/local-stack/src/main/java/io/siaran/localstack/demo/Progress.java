package io.siaran.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Watches messages until all have ended: a bar a device in a terminal, a line a change elsewhere. */
final class Progress {

    private static final Set<String> ENDED = Set.of("sent", "failed", "cancelled", "unknown");
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final int WIDTH = 30;

    private final Api api;
    private final Fleet fleet;
    private final PrintStream out;
    private final boolean terminal;

    Progress(Api api, Fleet fleet, PrintStream out, boolean terminal) {
        this.api = api;
        this.fleet = fleet;
        this.out = out;
        this.terminal = terminal;
    }

    /** How many of a device's messages have ended. */
    private record Counts(int ended, int expected) {}

    /**
     * Returns when as many messages have ended as are expected, or after 5 minutes.
     *
     * @param query the filter of {@code GET /messages}
     * @param expected how many messages each device will have, by its id
     */
    void watch(String query, Map<String, Long> expected) throws InterruptedException {
        Instant last = Instant.now().plus(LIMIT);
        Map<String, Counts> shown = Map.of();
        while (true) {
            Map<String, Counts> counts = counts(query, expected);
            if (!counts.equals(shown)) {
                show(counts, !shown.isEmpty());
                shown = counts;
            }
            if (counts.values().stream().allMatch(each -> each.ended() == each.expected())
                    || Instant.now().isAfter(last)) {
                return;
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }

    private Map<String, Counts> counts(String query, Map<String, Long> expected) {
        Map<String, Integer> ended = new HashMap<>();
        for (JsonNode message : api.get("/messages?limit=500&" + query).get("items")) {
            if (ENDED.contains(message.get("status").asText())) {
                ended.merge(message.get("device_id").asText(), 1, Integer::sum);
            }
        }
        Map<String, Counts> counts = new HashMap<>();
        expected.forEach(
                (device, all) -> counts.put(device, new Counts(ended.getOrDefault(device, 0), all.intValue())));
        return counts;
    }

    private void show(Map<String, Counts> counts, boolean again) {
        List<Fleet.Device> devices = fleet.devices().stream()
                .filter(device -> counts.containsKey(device.id()))
                .toList();
        if (terminal && again) {
            out.printf("\033[%dA", devices.size());
        }
        for (Fleet.Device device : devices) {
            Counts of = counts.get(device.id());
            if (terminal) {
                int filled = WIDTH * of.ended() / Math.max(1, of.expected());
                String bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
                out.printf("\033[2K  %-9s %s %d/%d%n", device.name(), bar, of.ended(), of.expected());
            } else {
                out.printf("  %s %d/%d", device.name(), of.ended(), of.expected());
            }
        }
        if (!terminal) {
            out.println();
        }
    }
}
