package io.siaran.rest;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** {@code siaran.rest.files.*}: how many files a service sends at once, and how long it waits for who reads one. */
@ConfigMapping(prefix = "siaran.rest.files")
interface FileConfig {

    /** So many are made or on their way at once in one process, whoever asks: what a file is made of stays in memory until it is sent. */
    @WithDefault("8")
    int atOnce();

    /** So many of them may be files that are made whole and have more than a megabyte: who reads one slowly keeps nobody from a small one. */
    @WithDefault("3")
    int largeAtOnce();

    /** So many of them for one user; the others of that user wait. */
    @WithDefault("1")
    int perUser();

    /** One that waits longer for its turn is refused with 429 and {@code Retry-After}. */
    @WithDefault("5s")
    Duration patience();

    /** Who reads a file is waited for as long as this beyond what {@code slowest} would take, at any time; then the connection is closed. */
    @WithDefault("1m")
    Duration readerPatience();

    /** So much of a file a second is slow enough for anybody. */
    @WithDefault("64K")
    MemorySize slowest();
}
