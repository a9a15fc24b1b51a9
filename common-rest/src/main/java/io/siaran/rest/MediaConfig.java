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

    /** Within which all images of a request have been looked at; what is not there by then cannot be fetched. */
    @WithDefault("8s")
    Duration patience();

    /** So many images are fetched at once, whoever asked for it. */
    @WithDefault("16")
    int atOnce();

    /** So many of them for one user: its others wait, for half of the patience, and are then a 429 with {@code Retry-After}. */
    @WithDefault("4")
    int atOncePerUser();

    /** Whether an image may lie in an internal network: for a stack on one machine, and for tests. */
    @WithDefault("false")
    boolean allowInternalAddresses();
}
