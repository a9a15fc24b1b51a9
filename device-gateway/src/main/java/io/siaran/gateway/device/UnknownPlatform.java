package io.siaran.gateway.device;

import io.siaran.model.DeviceId;

/** A device of a platform that a newer version added: this replica leaves the device alone. */
public final class UnknownPlatform extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownPlatform(DeviceId device) {
        super("device " + device + " is of a platform that this version does not know");
    }
}
