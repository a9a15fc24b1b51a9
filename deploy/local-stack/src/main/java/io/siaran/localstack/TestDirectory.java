package io.siaran.localstack;

import io.siaran.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The temporary directory of one test JVM. It says whose it is, so that a later JVM can clear up after a killed one. */
record TestDirectory(Path path) {

    private static final String PREFIX = "siaran-test-";
    private static final String OWNER = "owner.json";

    /** A new directory of this JVM; what killed JVMs left is ended and removed first. */
    static TestDirectory create() {
        try {
            for (TestDirectory other : all()) {
                other.removeIfAbandoned();
            }
            Path path = Files.createTempDirectory(PREFIX);
            Files.writeString(path.resolve(OWNER), Json.write(ProcessIdentity.of(ProcessHandle.current())));
            return new TestDirectory(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<TestDirectory> all() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith(PREFIX))
                    .map(TestDirectory::new)
                    .toList();
        }
    }

    Path postgres() {
        return path.resolve("postgres");
    }

    Path kafka() {
        return path.resolve("kafka");
    }

    /** One without an owner is either being made or not ours to judge. */
    private void removeIfAbandoned() throws IOException {
        Path owner = path.resolve(OWNER);
        if (Files.exists(owner) && isDead(Json.read(Files.readString(owner), ProcessIdentity.class))) {
            LocalPostgres.endLeftover(postgres());
            remove();
        }
    }

    private static boolean isDead(ProcessIdentity owner) {
        return owner.living().isEmpty();
    }

    void remove() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            // A server that is just ending may still remove files of its own: what is gone is gone.
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
