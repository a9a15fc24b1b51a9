package io.siaran.rest;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** {@code siaran.person.*}: how people who were erased are remembered. */
@ConfigMapping(prefix = "siaran.person")
public interface PersonConfig {

    /**
     * 32 random bytes in base64: what is kept of the phone of somebody who was erased is a hash under it. Without it nobody can be
     * erased. Never to be changed: with another one nobody who was erased before is known, and so nobody of them is opted out.
     */
    Optional<String> key();
}
