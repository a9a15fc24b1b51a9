package io.siaran.rest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How many large lists a service makes at once ({@code GET} with a large {@code limit}). */
@ConfigMapping(prefix = "siaran.rest.large-lists")
interface LargeListConfig {

    /** A list is large from this {@code limit} on; shorter ones never wait. */
    @WithDefault("101")
    int from();

    /** So many are made at once, whoever asks: a page of 500 with long texts is some megabytes of memory while it is made. */
    @WithDefault("4")
    int atOnce();

    /** So many of them for one user; the others of that user wait. */
    @WithDefault("2")
    int perUser();

    /** One that waits longer is refused with 503 and {@code Retry-After}. */
    @WithDefault("25s")
    Duration patience();
}
