package io.siaran.localstack.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The directory of a stack. It holds keys, phone numbers and texts, so all that is in it is its owner's only; what an
 * earlier version left open is closed.
 */
final class Home {

    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> KEY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> SHARED =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    /** Says that the directory is a stack's; stays when its data is removed. */
    private static final String MARKER = "siaran-home";

    /** What a home has that was made before there was a marker: the one of {@code up}, the other of {@code token}. */
    private static final List<String> BEFORE_THE_MARKER = List.of("run/launcher.lock", "keys/jwt-private.pem");

    /** What {@code ./siaran up --real-whatsapp} writes before the launcher runs, and {@code reset} keeps. */
    private static final String AGREEMENT = "real-whatsapp";

    /** What is in a volume that was just made, and nobody's data. */
    private static final String OF_A_NEW_VOLUME = "lost+found";

    private final Path path;

    Home(Path path) {
        this.path = path;
    }

    /** What is ours in it; anything else somebody else put there. PostgreSQL makes and closes its directory itself. */
    List<Path> parts() {
        Stream<String> servers = Stream.of("postgres", "kafka", "simulator", "bridge", "logs", "keys", "run");
        Stream<String> services = Arrays.stream(Service.values()).map(Service::module);
        return Stream.concat(servers, services).map(path::resolve).toList();
    }

    /** Refuses a home in which the sources are: some of its parts are named as their modules, and {@code reset} removes them. */
    static void requireApart(Path home, Path repository) {
        try {
            for (Path each = real(repository); each != null; each = each.getParent()) {
                if (isSame(home, each)) {
                    throw new StackRefused(
                            "SIARAN_HOME (%s) is, or contains, the repository: set it to another directory."
                                    .formatted(home));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + home + " or " + repository, e);
        }
    }

    private static Path real(Path path) throws IOException {
        return Files.exists(path) ? path.toRealPath() : path.toAbsolutePath().normalize();
    }

    /** Also through a link, or on a disk that takes large and small letters for the same. */
    private static boolean isSame(Path one, Path other) throws IOException {
        return one.equals(other) || Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other);
    }

    /** Refuses a directory that holds what no stack put there: nothing of it is to be closed or removed. */
    void requireOurs() {
        if (!isOurs()) {
            throw new StackRefused(
                    "%s holds something else than a stack of Siaran: set SIARAN_HOME to another directory."
                            .formatted(path));
        }
    }

    private boolean isOurs() {
        return Files.notExists(path)
                || Stream.concat(Stream.of(MARKER), BEFORE_THE_MARKER.stream())
                        .anyMatch(each -> Files.exists(path.resolve(each)))
                || Files.isDirectory(path) && isEmpty();
    }

    private boolean isEmpty() {
        try (Stream<Path> files = Files.list(path)) {
            return files.allMatch(file -> file.endsWith(AGREEMENT) || file.endsWith(OF_A_NEW_VOLUME));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    /** Makes what is missing, for its owner only, and closes what is open; refuses as {@link #requireOurs} does. */
    void makePrivate() {
        requireOurs();
        try {
            boolean isNew = Files.notExists(path);
            Files.createDirectories(path);
            mark();
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                close(isNew);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + path + " private", e);
        }
    }

    private void mark() throws IOException {
        if (Files.notExists(path.resolve(MARKER))) {
            Files.writeString(path.resolve(MARKER), "The data of a stack of Siaran; './siaran reset' removes it.\n");
        }
    }

    /**
     * Removes all that is ours, and refuses as {@link #requireOurs} does. The directory is a stack's afterwards too, also where only what
     * is removed said so.
     */
    void removeData() {
        requireOurs();
        try {
            if (Files.exists(path)) {
                mark();
            }
            for (Path part : parts()) {
                delete(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove the data of " + path, e);
        }
    }

    private static void delete(Path tree) throws IOException {
        if (Files.notExists(tree)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void close(boolean isNew) throws IOException {
        if (isNew || isOursAlone()) {
            Files.setPosixFilePermissions(path, DIRECTORY);
        }
        for (Path part : parts()) {
            if (!part.endsWith("postgres")) {
                Files.createDirectories(part);
                Files.setPosixFilePermissions(part, DIRECTORY);
            }
        }
        closeKeys();
    }

    /** A directory that others write to, or that is the home of a user of this machine, stays as it is: only our parts of it are closed. */
    private boolean isOursAlone() throws IOException {
        return !path.equals(Path.of(System.getProperty("user.home")))
                && Files.getPosixFilePermissions(path).stream().noneMatch(SHARED::contains);
    }

    private void closeKeys() throws IOException {
        try (Stream<Path> keys = Files.list(path.resolve("keys"))) {
            for (Path key : keys.filter(Files::isRegularFile).toList()) {
                Files.setPosixFilePermissions(key, KEY);
            }
        }
    }
}
