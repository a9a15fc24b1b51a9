package io.siaran.localstack.launcher;

import io.siaran.localstack.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Where a training has its servers and its services, for as long as it takes. It says whose it is and what runs over it, so that a later
 * process can end and remove what a killed one left.
 */
record TrainingHome(Path path) {

    private static final String PREFIX = "siaran-training-";
    private static final int SECONDS_TO_DIE = 10;

    /** A new one of this process. */
    static TrainingHome create() {
        try {
            TrainingHome home = new TrainingHome(Files.createTempDirectory(PREFIX));
            new Home(home.path).makePrivate();
            home.records().recordLauncher();
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends what runs over the homes of processes that are no more, and removes them. No start fails by what it cannot remove. */
    static void removeAbandoned() {
        try {
            removeAbandoned(Path.of(System.getProperty("java.io.tmpdir")));
        } catch (IOException | RuntimeException unreadable) {
            // What is left takes room, and nothing else.
        }
    }

    /** The same of the homes in that directory. */
    static void removeAbandoned(Path directory) throws IOException {
        for (TrainingHome home : ours(directory)) {
            try {
                if (home.records().isAbandoned()) {
                    home.end();
                    home.remove();
                }
            } catch (RuntimeException unreadable) {
                // Another one may be read.
            }
        }
    }

    /** Anybody may put files there, and what they name would be killed by us: only directories that we made ourselves are believed. */
    private static List<TrainingHome> ours(Path directory) throws IOException {
        List<Path> named;
        try (Stream<Path> files = Files.list(directory)) {
            named = files.filter(file -> file.getFileName().toString().startsWith(PREFIX))
                    .toList();
        }
        if (named.isEmpty()) {
            return List.of();
        }
        UserPrincipal us = ourselves(directory);
        return named.stream()
                .filter(file -> isDirectoryOf(us, file))
                .map(TrainingHome::new)
                .toList();
    }

    /** As the file system calls us: a user of a container need not have a name. */
    private static UserPrincipal ourselves(Path directory) throws IOException {
        Path probe = Files.createTempFile(directory, "siaran-", ".owner");
        try {
            return Files.getOwner(probe, LinkOption.NOFOLLOW_LINKS);
        } finally {
            Files.delete(probe);
        }
    }

    private static boolean isDirectoryOf(UserPrincipal user, Path file) {
        try {
            return Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
                    && Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(user);
        } catch (IOException gone) {
            return false;
        }
    }

    RunDirectory records() {
        return new RunDirectory(path);
    }

    /** At once: nobody waits for what these would still learn. */
    private void end() {
        RunDirectory records = records();
        records.living().stream()
                .flatMap(instance -> records.process(instance).stream())
                .flatMap(process -> process.living().stream())
                .forEach(TrainingHome::kill);
        LocalPostgres.endLeftover(path.resolve("postgres"));
    }

    /** With the JVM that writes for it, if it is at that. Waits 10 s at most for its end. */
    static void kill(ProcessHandle process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit()
                .completeOnTimeout(process, SECONDS_TO_DIE, TimeUnit.SECONDS)
                .join();
    }

    void remove() {
        if (Files.notExists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
