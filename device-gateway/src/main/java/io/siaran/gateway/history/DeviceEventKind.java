package io.siaran.gateway.history;

import io.siaran.model.WireEnum;

/** What an event of a device is about. */
enum DeviceEventKind implements WireEnum {
    REGISTERED,
    /** Its condition, the reason for it, or the time that it is held for changed. */
    CONDITION,
    /** Its platform could not be asked about it three times in a row. */
    UNREACHABLE,
    /** Its platform answers again. */
    REACHABLE,
    DELETED
}
