package io.siaran.dispatch.fleet;

import io.siaran.model.Wire;

/** What a stop silences. */
enum StopScope implements Wire {
    /** Every device of the installation. */
    FLEET,
    /** The devices of one user. */
    USER
}
