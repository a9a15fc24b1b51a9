package io.siaran.gateway.linking;

import io.siaran.gateway.registration.DueChecks.Due;
import io.siaran.gateway.registration.DueChecks.UnderWay;
import io.siaran.model.DeviceId;
import io.siaran.model.UserId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How many checks may be under way: in all, of one server, and of one user, whose servers may be many; of a device one. Nobody
 * waits for a permit.
 */
final class CheckPermits {

    private final int mostOnOneServer;
    private final int mostOfUser;
    private final Map<String, Integer> onServers = new HashMap<>();
    private final Map<UserId, Integer> ofUsers = new HashMap<>();
    private final Set<DeviceId> devices = new HashSet<>();
    private int free;

    CheckPermits(int most, int mostOnOneServer) {
        this.free = most;
        this.mostOnOneServer = mostOnOneServer;
        this.mostOfUser = Math.max(1, most * 3 / 8);
    }

    synchronized int free() {
        return free;
    }

    synchronized UnderWay underWay() {
        return new UnderWay(mostOfUser, ofUsers, devices);
    }

    /** Whether the device may be asked about; whoever got leave gives it back. */
    synchronized boolean tryAcquire(Due check, String server) {
        int onServer = onServers.getOrDefault(server, 0);
        int ofUser = ofUsers.getOrDefault(check.user(), 0);
        if (free == 0 || onServer >= mostOnOneServer || ofUser >= mostOfUser || !devices.add(check.device())) {
            return false;
        }
        free--;
        onServers.put(server, onServer + 1);
        ofUsers.put(check.user(), ofUser + 1);
        return true;
    }

    synchronized void release(Due check, String server) {
        free++;
        devices.remove(check.device());
        onServers.computeIfPresent(server, (_, now) -> now == 1 ? null : now - 1);
        ofUsers.computeIfPresent(check.user(), (_, now) -> now == 1 ? null : now - 1);
    }
}
