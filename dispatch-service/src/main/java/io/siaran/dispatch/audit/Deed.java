package io.siaran.dispatch.audit;

import io.siaran.model.Wire;

/** What people do in this service. */
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
    REPLAYED
}
