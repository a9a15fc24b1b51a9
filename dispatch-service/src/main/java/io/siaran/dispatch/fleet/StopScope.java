package io.siaran.dispatch.fleet;

import io.siaran.model.WireEnum;

/** What a stop silences. */
enum StopScope implements WireEnum {
    /** Every device of the installation. */
    FLEET,
    /** The devices of one user. */
    USER
}
