package io.siaran.rest;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How images are looked at when a caller asks for it ({@code check_media=true}). */
@ConfigMapping(prefix = "siaran.media")
interface MediaConfig {

    /** The largest file that passes: as much as every platform takes. */
    @WithDefault("2M")
    MemorySize largest();

    /** Within which all images of a request have been looked at, from its turn on; what is not there by then cannot be fetched. */
    @WithDefault("8s")
    Duration patience();

    /** So many images are fetched at once, whoever asked for it: four times what one user can have. */
    @WithDefault("64")
    int atOnce();

    /** So many requests of one user have their images fetched at once: its others wait, for half of the patience, and are then a 429 with {@code Retry-After}. */
    @WithDefault("4")
    int atOncePerUser();

    /** So many images of one request are fetched at once: thirty that take a second each are looked at within the patience. */
    @WithDefault("4")
    int atOncePerRequest();

    /** Whether an image may lie in an internal network: for a stack on one machine, and for tests. */
    @WithDefault("false")
    boolean allowInternalAddresses();
}
