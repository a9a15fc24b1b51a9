package io.siaran.gateway.device;

import io.siaran.model.Wire;

/** Through whom a device reaches WhatsApp. */
public enum Platform implements Wire {
    /** The hosted API of Wablas; the credential is {@code token} or {@code token.secret}. */
    WABLAS
}
