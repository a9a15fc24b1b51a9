package io.siaran.gateway.device;

import io.siaran.model.WireEnum;

/** Which server speaks WhatsApp Web for a device. */
public enum Engine implements WireEnum {
    /** The bridge of this installation: what a device gets that names none. */
    BRIDGE,
    /** go-whatsapp-web-multidevice. */
    GOWA,
    WAHA,
    /** Evolution API, version 2. */
    EVOLUTION
}
