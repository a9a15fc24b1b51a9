package io.siaran.localstack.launcher;

import io.siaran.localstack.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a training has its servers and its services, for as long as it takes. It says whose it is and what runs over it, so that a later
 * process can end and remove what a killed one left.
 */
record TrainingHome(Path path) {

    private static final String PREFIX = "siaran-training-";

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

    /** Ends what runs over the homes of processes that are no more, and removes them. */
    static void removeAbandoned() {
        for (TrainingHome home : all()) {
            try {
                if (home.records().isAbandoned()) {
                    home.end();
                    home.remove();
                }
            } catch (UncheckedIOException notOurs) {
                // Of another user of this machine, who clears up.
            }
        }
    }

    private static List<TrainingHome> all() {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith(PREFIX))
                    .map(TrainingHome::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

    /** With the JVM that writes for it, if it is at that. */
    static void kill(ProcessHandle process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
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
