package io.siaran.gateway.registration;

import io.siaran.model.WireEnum;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The order of a list of devices, as {@code ?sort=}. */
@Schema(
        type = SchemaType.STRING,
        enumeration = {"created_at", "-created_at", "trouble"})
enum DeviceOrder implements WireEnum {
    OLDEST_FIRST("created_at"),
    NEWEST_FIRST("-created_at"),
    /** Those that somebody has to look at first; of equal trouble the oldest. */
    TROUBLE_FIRST("trouble");

    private final String wire;

    DeviceOrder(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }

    /**
     * Where a page begins: behind that device.
     *
     * @param trouble how much in need of somebody it is; only an order by trouble looks at it
     */
    record After(int trouble, UUID id) {

        /** @throws IllegalArgumentException where it is none of ours */
        static After read(String key) {
            String[] parts = key.split(":", 2);
            return parts.length == 2
                    ? new After(Integer.parseInt(parts[0]), UUID.fromString(parts[1]))
                    : new After(0, UUID.fromString(key));
        }

        @Override
        public String toString() {
            return trouble + ":" + id;
        }
    }
}
