package io.siaran.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The file {@code postmaster.pid} of a data directory: line 1 is the process id, line 3 the second in which it started.
 */
record PostmasterFile(Path path) {

    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(20);

    /** PostgreSQL's "fast" shutdown: it rolls back what is open. TERM would wait for the clients to leave. */
    private static final String FAST = "INT";

    static PostmasterFile of(Path data) {
        return new PostmasterFile(data.resolve("postmaster.pid"));
    }

    /** Who wrote the file; empty when there is none, or it is not whole. */
    Optional<ProcessIdentity> writer() {
        List<String> lines = lines();
        if (lines.size() < 3) {
            return Optional.empty();
        }
        Instant started = Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip()));
        return Optional.of(new ProcessIdentity(Long.parseLong(lines.get(0).strip()), started));
    }

    private List<String> lines() {
        try {
            return Files.exists(path) ? Files.readAllLines(path) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the postmaster that wrote the file, if it still lives, and removes the file, which would bar a new start. */
    void endLeftover() {
        writer().ifPresent(postmaster -> postmaster.end(FAST, SHUTDOWN_LIMIT));
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
