package io.siaran.dispatch.webhook;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What one process has under way: how many in all, of each webhook, of each user, and of those that failed last. */
final class InFlight {

    private final int most;
    private final int mostOfOneWebhook;
    private final Map<UUID, Integer> perWebhook = new HashMap<>();
    private final Map<String, Integer> perUser = new HashMap<>();
    private int all;
    private int ailing;

    InFlight(int most, int mostOfOneWebhook) {
        this.most = most;
        this.mostOfOneWebhook = mostOfOneWebhook;
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

    /**
     * What may be claimed now. That a receiver hangs is known when its time is over, and until then it looks like the others: so
     * webhooks have several places each in the first half of all, and one each in the second. However many receivers are known to
     * fail, half of all places are for the others.
     */
    synchronized Room room() {
        int half = most / 2;
        boolean plenty = all < half;
        return new Room(
                plenty ? half - all : most - all,
                plenty ? mostOfOneWebhook : 1,
                Math.max(0, half - ailing),
                Map.copyOf(perWebhook),
                Map.copyOf(perUser));
    }

    synchronized int all() {
        return all;
    }

    /**
     * Of one moment.
     *
     * @param lanes how many may be claimed
     * @param ofOneWebhook how many one webhook may have in flight then
     * @param ailing how many may be claimed of webhooks that failed last
     * @param webhooks that have some in flight, and how many
     * @param users the same of users
     */
    record Room(int lanes, int ofOneWebhook, int ailing, Map<UUID, Integer> webhooks, Map<String, Integer> users) {

        Room atMost(int some) {
            return new Room(Math.min(lanes, some), ofOneWebhook, ailing, webhooks, users);
        }
    }
}
