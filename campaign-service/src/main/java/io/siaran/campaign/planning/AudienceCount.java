package io.siaran.campaign.planning;

import io.siaran.model.DeviceId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** How many leads a campaign reaches and leaves out on each device. */
final class AudienceCount {

    private final Map<DeviceId, Long> reached = new HashMap<>();
    private final Map<DeviceId, Long> leftOut = new HashMap<>();
    private final Map<Exclusion, Long> reasons = new EnumMap<>(Exclusion.class);

    /** @param reason null for those who are reached */
    void add(DeviceId device, Exclusion reason, long leads) {
        if (reason == null) {
            reached.merge(device, leads, Long::sum);
        } else {
            leftOut.merge(device, leads, Long::sum);
            reasons.merge(reason, leads, Long::sum);
        }
    }

    long reached() {
        return reached.values().stream().mapToLong(Long::longValue).sum();
    }

    Map<DeviceId, Long> reachedByDevice() {
        return reached;
    }

    long leftOut(DeviceId device) {
        return leftOut.getOrDefault(device, 0L);
    }

    Map<Exclusion, Long> reasons() {
        return reasons;
    }
}
