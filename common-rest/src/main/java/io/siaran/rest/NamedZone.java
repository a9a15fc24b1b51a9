package io.siaran.rest;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import java.io.IOException;
import java.time.ZoneId;

/** Reads a time zone by its IANA name. An offset is refused: {@code +08:00} is 8 hours west to PostgreSQL. */
final class NamedZone extends FromStringDeserializer<ZoneId> {

    private static final long serialVersionUID = 1L;

    NamedZone() {
        super(ZoneId.class);
    }

    @Override
    protected ZoneId _deserialize(String name, DeserializationContext context) throws IOException {
        return ZoneId.getAvailableZoneIds().contains(name)
                ? ZoneId.of(name)
                : (ZoneId) context.handleWeirdStringValue(ZoneId.class, name, "is no IANA name");
    }
}
