package io.siaran.gateway.device;

import io.siaran.model.Wire;

/** Which server speaks WhatsApp Web for a device. */
public enum Engine implements Wire {
    /** go-whatsapp-web-multidevice. */
    GOWA,
    WAHA,
    /** Evolution API, version 2. */
    EVOLUTION
}
