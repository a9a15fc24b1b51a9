package io.siaran.model;

/** What people do. It crosses {@code user-events} as text, so that a reader keeps what only a later version has a word for. */
public enum Deed implements WireEnum {
    CANCELLED,
    RETRIED,
    RESOLVED,
    STOPPED,
    RESUMED,
    CREATED,
    EDITED,
    DELETED,
    SECRET_ROTATED,
    REPLAYED,
    PAUSED,
    TRIGGERED,
    PLANNED_ANEW,
    ARCHIVED,
    UNARCHIVED,
    MOVED,
    OPTED_OUT,
    OPTED_IN,
    ACTIVATED,
    DEACTIVATED,
    LINK_BEGUN,
    LINKED,
    DISCONNECTED,
    IMPORTED,
    ENROLLED,
    TAKEN_OUT
}
