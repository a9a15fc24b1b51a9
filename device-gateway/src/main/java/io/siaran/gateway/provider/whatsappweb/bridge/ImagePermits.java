package io.siaran.gateway.provider.whatsappweb.bridge;

import io.siaran.model.UserId;
import java.util.HashMap;
import java.util.Map;

/**
 * How many images may be in memory at once, and how many of them may be one user's: whose server is slow fills that share and
 * nobody else's. Nobody waits.
 */
final class ImagePermits {

    private final int most;
    private final int share;
    private final Map<UserId, Integer> held = new HashMap<>();
    private int all;

    ImagePermits(int most) {
        this.most = most;
        this.share = Math.max(1, most * 3 / 8);
    }

    /** Whether the user may have one more; whoever got leave gives it back. */
    synchronized boolean take(UserId user) {
        int own = held.getOrDefault(user, 0);
        if (all >= most || own >= share) {
            return false;
        }
        held.put(user, own + 1);
        all++;
        return true;
    }

    synchronized void giveBack(UserId user) {
        held.computeIfPresent(user, (_, own) -> own == 1 ? null : own - 1);
        all--;
    }
}
