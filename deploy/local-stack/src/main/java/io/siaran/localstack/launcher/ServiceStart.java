package io.siaran.localstack.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One start of a service.
 *
 * @param cache by which it starts, where that is learnt
 * @param log to which it appends what it prints
 * @param logBefore how long that was before
 */
record ServiceStart(Process process, StartCache cache, Path log, long logBefore) {

    /** The JVM's last words. Most of what does not fit it passes over instead, and starts. */
    private static final String REFUSAL = "Error occurred during initialization of VM\nUnable to use AOT cache";

    private static final int REFUSAL_CODE = 1;
    /** It says so before the service's first line. */
    private static final int FIRST_BYTES = 10_000;

    /** Whether it ended because the JVM would not start by the cache, which the next start does not find any more. */
    boolean droppedCache() {
        return refusedCache() && cache.drop();
    }

    private boolean refusedCache() {
        return !process.isAlive()
                && process.exitValue() == REFUSAL_CODE
                && beginning().contains(REFUSAL);
    }

    private String beginning() {
        try (var printed = Files.newInputStream(log)) {
            printed.skipNBytes(logBefore);
            return new String(printed.readNBytes(FIRST_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
