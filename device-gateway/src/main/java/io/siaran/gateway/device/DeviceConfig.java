package io.siaran.gateway.device;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How devices are kept. */
@ConfigMapping(prefix = "siaran.gateway")
public interface DeviceConfig {

    /** 32 random bytes in base64: what the credentials in the database are sealed with. Losing it loses them. */
    String credentialKey();

    /** ISO country that a national spelling of a device's own number belongs to. */
    @WithDefault("MY")
    String defaultRegion();

    /** Whether a device's server may have an address of an internal network: for a stack on one machine, and for tests. */
    @WithDefault("false")
    boolean allowInternalAddresses();
}
