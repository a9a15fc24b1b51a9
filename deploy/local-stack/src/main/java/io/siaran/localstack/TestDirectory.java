package io.siaran.localstack;

import io.siaran.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
            TestDirectory created = new TestDirectory(path);
            created.sign(ProcessIdentity.of(ProcessHandle.current()));
            return created;
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

    /** At once, so that a JVM that looks at the same time reads all of it or nothing. */
    private void sign(ProcessIdentity owner) throws IOException {
        Path signature = Files.writeString(path.resolve(OWNER + ".new"), Json.write(owner));
        Files.move(signature, path.resolve(OWNER), StandardCopyOption.ATOMIC_MOVE);
    }

    Path postgres() {
        return path.resolve("postgres");
    }

    Path kafka() {
        return path.resolve("kafka");
    }

    /** One without an owner is either being made or not ours to judge. */
    private void removeIfAbandoned() throws IOException {
        if (owner().filter(owner -> owner.living().isEmpty()).isPresent()) {
            LocalPostgres.endLeftover(postgres());
            remove();
        }
    }

    private Optional<ProcessIdentity> owner() throws IOException {
        try {
            return Optional.of(Json.read(Files.readString(path.resolve(OWNER)), ProcessIdentity.class));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    void remove() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (UncheckedIOException | NoSuchFileException gone) {
            // A server that is just ending, or another JVM that clears up as well, removes files too. Whoever comes
            // next finishes what is left.
        }
    }
}
