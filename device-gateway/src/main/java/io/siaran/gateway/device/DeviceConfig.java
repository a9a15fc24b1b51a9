package io.siaran.gateway.device;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;

/** How devices are kept. */
@ConfigMapping(prefix = "siaran.gateway")
public interface DeviceConfig {

    /**
     * 32 random bytes in base64: what the credentials in the database are sealed with until there is a newer key, and what the
     * fingerprints of numbers and the secrets of callbacks are made of for ever. Losing it loses them.
     */
    String credentialKey();

    /** Newer keys that credentials are sealed with, by their ids of 2 to 127: each 32 random bytes in base64. 1 is the first one. */
    Map<Integer, String> sealingKeys();

    /** Which key seals credentials from now on. Every instance has to have it before any names it. */
    @WithDefault("1")
    int sealingKeyId();

    /** ISO country that a national spelling of a device's own number belongs to. */
    @WithDefault("MY")
    String defaultRegion();

    /** Whether a device's server may have an address of an internal network: for a stack on one machine, and for tests. */
    @WithDefault("false")
    boolean allowInternalAddresses();
}
