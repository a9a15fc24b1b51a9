package io.siaran.gateway.device;

import java.time.ZoneId;

/** Which names of time zones are taken: those of the IANA list. An offset is 8 hours the other way to PostgreSQL. */
public final class Zones {

    private Zones() {}

    public static boolean isKnown(String name) {
        return ZoneId.getAvailableZoneIds().contains(name);
    }
}
