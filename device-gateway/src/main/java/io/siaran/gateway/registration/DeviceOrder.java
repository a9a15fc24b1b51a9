package io.siaran.gateway.registration;

import io.siaran.model.Wire;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The order of a list of devices, as {@code ?sort=}. */
@Schema(
        type = SchemaType.STRING,
        enumeration = {"created_at", "-created_at", "trouble"})
enum DeviceOrder implements Wire {
    OLDEST_FIRST("created_at"),
    NEWEST_FIRST("-created_at"),
    /** Those that somebody has to look at first; of equal trouble the oldest. */
    TROUBLE_FIRST("trouble");

    /** Each rank is the place in this list; what follows is in doubt, unreachable, and everything else. */
    private static final List<DeviceCondition> WORST = List.of(
            DeviceCondition.BANNED, DeviceCondition.REFUSED, DeviceCondition.RESTRICTED, DeviceCondition.DISCONNECTED);

    /** The same as {@link #rank}, in HQL. */
    static final String RANK = "(case when condition = 'banned' then 0 when condition = 'refused' then 1"
            + " when condition = 'restricted' then 2 when condition = 'disconnected' then 3 when locate(cast(id as string), :doubted) > 0 then 4"
            + " when unreachableSince is not null then 5 when condition = 'unchecked' then 6"
            + " when condition = 'paused' then 7 else 8 end)";

    private final String wire;

    DeviceOrder(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }

    /** How much in need of somebody it is: 0 the most. */
    static int rank(Device device, Set<UUID> doubted) {
        DeviceCondition condition = Wire.read(DeviceCondition.class, device.condition);
        if (WORST.contains(condition)) {
            return WORST.indexOf(condition);
        }
        if (doubted.contains(device.id)) {
            return 4;
        }
        if (device.unreachableSince != null) {
            return 5;
        }
        return condition == DeviceCondition.UNCHECKED ? 6 : condition == DeviceCondition.PAUSED ? 7 : 8;
    }

    /** Where a page of this order begins: behind that device. */
    record After(int rank, UUID id) {

        /** @throws IllegalArgumentException where it is none of ours */
        static After read(String key) {
            String[] parts = key.split(":", 2);
            return parts.length == 2
                    ? new After(Integer.parseInt(parts[0]), UUID.fromString(parts[1]))
                    : new After(0, UUID.fromString(key));
        }

        @Override
        public String toString() {
            return rank + ":" + id;
        }
    }
}
