package io.siaran.localstack.launcher;

import io.siaran.localstack.ProcessIdentity;
import io.siaran.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The records of what runs over one home: a file {@code name.json} a process, and a lock that one launcher holds.
 *
 * <p>The lock goes with its holder, however that dies; the records stay, and tell the next run what was left behind.
 * (PostgreSQL keeps a record of its own, {@code postmaster.pid}.)
 */
final class RunDirectory {

    private static final String LAUNCHER = "launcher";

    private final Path directory;

    RunDirectory(Path home) {
        this.directory = home.resolve("run");
    }

    /** Takes the lock for as long as the answer stays open, or refuses while another launcher holds it. */
    AutoCloseable lock() {
        try {
            Files.createDirectories(directory);
            FileChannel file = FileChannel.open(
                    directory.resolve("launcher.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(file)) {
                file.close();
                throw new StackRefused("""
                        Siaran already runs over %s%s. Stop it by './siaran down', \
                        or set SIARAN_HOME and SIARAN_PORT for a second one.""".formatted(directory.getParent(), processOfLauncher()));
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isLocked(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException heldInThisProcess) {
            return false;
        }
    }

    private String processOfLauncher() {
        return launcher().map(launcher -> " (process " + launcher.pid() + ")").orElse("");
    }

    void recordLauncher() {
        record(LAUNCHER, ProcessIdentity.of(ProcessHandle.current()));
    }

    void record(Instance instance, ProcessHandle process) {
        record(instance.name(), ProcessIdentity.of(process));
    }

    private void record(String name, ProcessIdentity process) {
        try {
            Path draft = directory.resolve(name + ".json.new");
            Files.writeString(draft, Json.write(process) + "\n");
            Files.move(draft, directory.resolve(name + ".json"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot record process " + process.pid(), e);
        }
    }

    void forgetLauncher() {
        forget(LAUNCHER);
    }

    void forget(Instance instance) {
        forget(instance.name());
    }

    private void forget(String name) {
        try {
            Files.deleteIfExists(directory.resolve(name + ".json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The launcher that runs over this home. */
    Optional<ProcessIdentity> launcher() {
        return recorded(LAUNCHER).filter(process -> process.living().isPresent());
    }

    /** Whether a launcher ran over this home and died without an end. */
    boolean isAbandoned() {
        return recorded(LAUNCHER).isPresent() && launcher().isEmpty();
    }

    /** That process, if it lives. */
    Optional<ProcessIdentity> process(Instance instance) {
        return recorded(instance.name()).filter(process -> process.living().isPresent());
    }

    private Optional<ProcessIdentity> recorded(String name) {
        try {
            return Optional.of(Json.read(Files.readString(directory.resolve(name + ".json")), ProcessIdentity.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Ends, at the same time, the services that a killed launcher left; answers which they were.
     *
     * @param progress is told of those that take long
     */
    List<Instance> endLeftovers(Consumer<String> progress) {
        List<Instance> left = living();
        Ending.all(left, instance -> process(instance).ifPresent(each -> Ending.end(instance, each, progress)));
        instances().forEach(this::forget);
        return left;
    }

    /** The processes of the services that live, however many of each were asked for. */
    List<Instance> living() {
        return instances().filter(instance -> process(instance).isPresent()).toList();
    }

    private static Stream<Instance> instances() {
        return Arrays.stream(Service.values())
                .flatMap(service ->
                        IntStream.rangeClosed(1, Replicas.MOST).mapToObj(number -> new Instance(service, number)));
    }
}
