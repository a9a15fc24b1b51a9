package io.siaran.gateway.registration;

import java.util.List;
import java.util.stream.Stream;

/**
 * How well a device is, and why. Pure.
 *
 * @param points 100 where nothing speaks against it, 0 at the least
 * @param findings what does, the worst first
 */
record HealthScore(int points, List<HealthFinding> findings) {

    private static final int WELL = 80;
    private static final int RECOVERED = 90;
    private static final int POOR = 50;

    static HealthScore of(HealthFacts facts) {
        List<HealthFinding> findings = Stream.of(HealthFinding.values())
                .filter(finding -> finding.appliesTo(facts))
                .toList();
        int lost = findings.stream().mapToInt(HealthFinding::points).sum();
        return new HealthScore(Math.max(0, 100 - lost), findings);
    }

    /** By how much its pauses should be stretched: 1, 2 or 4. */
    int suggestedFactor() {
        return points >= WELL ? 1 : points >= POOR ? 2 : 4;
    }

    /**
     * By how much they are stretched next where that is done by itself: slower at once, as before only once it is well again but for
     * what does not pass by being slow.
     */
    int nextFactor(int now) {
        int suggested = suggestedFactor();
        boolean isRecovered = suggested == 1 && points + lastingPoints() >= RECOVERED;
        return isRecovered ? 1 : Math.max(now, suggested);
    }

    private int lastingPoints() {
        return findings.stream()
                .filter(HealthFinding::lasts)
                .mapToInt(HealthFinding::points)
                .sum();
    }
}
