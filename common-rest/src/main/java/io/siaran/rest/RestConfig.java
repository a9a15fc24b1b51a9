package io.siaran.rest;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** {@code siaran.rest.*}: what every service takes of callers; the defaults stand in {@code microprofile-config.properties}. */
@ConfigMapping(prefix = "siaran.rest")
interface RestConfig {

    /** Who tokens have to be for: one whose {@code aud} names others only is refused. None where empty: whatever it names is taken. */
    Optional<String> tokenAudience();

    /** Whether a token without {@code aud} is refused as well. */
    boolean tokenAudienceRequired();

    /** The largest body of JSON, also where a service takes larger files; a larger one is refused with 413. */
    MemorySize maxJsonBody();

    /** The one path at which a larger body is taken, up to {@code quarkus.http.limits.max-body-size}; none where a service takes none. */
    Optional<String> uploadPath();
}
