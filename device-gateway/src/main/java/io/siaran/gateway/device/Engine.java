package io.siaran.gateway.device;

import io.siaran.model.Wire;

/** Which server speaks WhatsApp Web for a device. */
public enum Engine implements Wire {
    /** The bridge of this installation: what a device gets that names none. */
    BRIDGE,
    /** go-whatsapp-web-multidevice. */
    GOWA,
    WAHA,
    /** Evolution API, version 2. */
    EVOLUTION
}
