package io.siaran.dispatch.webhook;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What one process has under way: how many in all, of each webhook, of each user, and of those that failed last. */
final class InFlight {

    private final int most;
    private final Map<UUID, Integer> perWebhook = new HashMap<>();
    private final Map<String, Integer> perUser = new HashMap<>();
    private int all;
    private int ailing;

    InFlight(int most) {
        this.most = most;
    }

    synchronized void begin(Claim claim) {
        all++;
        ailing += claim.ailing() ? 1 : 0;
        perWebhook.merge(claim.webhook(), 1, Integer::sum);
        perUser.merge(claim.user(), 1, Integer::sum);
    }

    synchronized void end(Claim claim) {
        all--;
        ailing -= claim.ailing() ? 1 : 0;
        perWebhook.computeIfPresent(claim.webhook(), (_, n) -> n == 1 ? null : n - 1);
        perUser.computeIfPresent(claim.user(), (_, n) -> n == 1 ? null : n - 1);
    }

    synchronized int room() {
        return most - all;
    }

    /** However many receivers hang, half of what may be under way is for the others. */
    synchronized int roomForAiling() {
        return Math.max(0, most / 2 - ailing);
    }

    synchronized Map<UUID, Integer> perWebhook() {
        return Map.copyOf(perWebhook);
    }

    synchronized Map<String, Integer> perUser() {
        return Map.copyOf(perUser);
    }

    synchronized int all() {
        return all;
    }
}
