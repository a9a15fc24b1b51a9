package io.siaran.dispatch.audit;

import io.siaran.model.Wire;

/** What people do, here and in the other services. */
public enum Deed implements Wire {
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
    LINKED
}
