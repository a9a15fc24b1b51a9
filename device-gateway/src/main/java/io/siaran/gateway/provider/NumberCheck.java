package io.siaran.gateway.provider;

import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.model.PhoneNumber;

/** Asks a platform whether a number is on WhatsApp. */
public interface NumberCheck {

    /** Never throws for what the platform or the network does. Waits on the thread. */
    Presence check(ConnectedDevice device, PhoneNumber number);

    enum Presence {
        ON_WHATSAPP,
        NOT_ON_WHATSAPP,
        /** No answer that can be trusted. */
        CANNOT_BE_ASKED
    }
}
