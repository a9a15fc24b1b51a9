package io.siaran.localstack.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
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

    /** Makes what is missing, for its owner only, and closes what is open. */
    void makePrivate() {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try {
            boolean isNew = Files.notExists(path);
            Files.createDirectories(path);
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
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + path + " private", e);
        }
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
