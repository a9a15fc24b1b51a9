package io.siaran.gateway.device;

import io.siaran.model.Wire;
import java.util.Arrays;
import java.util.Optional;

/** Through whom a device reaches WhatsApp. Each has an adapter in a package of its own below {@code provider}. */
public enum Platform implements Wire {
    /** The hosted API of Wablas; the credential is {@code token} or {@code token.secret}. */
    WABLAS;

    /** The platform that is written so; empty for one that this version does not know. */
    public static Optional<Platform> find(String wire) {
        return Arrays.stream(values())
                .filter(known -> known.wire().equals(wire))
                .findFirst();
    }
}
