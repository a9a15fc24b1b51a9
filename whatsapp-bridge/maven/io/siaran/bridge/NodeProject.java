package io.siaran.bridge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The bridge's folder as npm sees it. */
final class NodeProject {

    private static final long LONGEST_RUN_MINUTES = 15;
    private static final long LONGEST_INSTALL_MINUTES = 5;

    private final Path folder;
    private final Path logs;

    NodeProject(Path folder, Path logs) {
        this.folder = folder;
        this.logs = logs;
    }

    /** Whether there is an npm to call. */
    static boolean hasNpm() {
        try {
            return new ProcessBuilder("npm", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Installs exactly what package-lock.json names, unless that is there already. No package's script is run. False where
     * the registry cannot be reached, or has it not.
     */
    boolean install() {
        Path lock = folder.resolve("package-lock.json");
        Path installed = folder.resolve("node_modules/.package-lock.json");
        if (Files.exists(installed) && modified(installed) >= modified(lock)) {
            return true;
        }
        List<String> command = List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        return run(command, Map.of(), "npm-ci.log", LONGEST_INSTALL_MINUTES) == 0
                || run(command, Map.of(), "npm-ci.log", LONGEST_INSTALL_MINUTES) == 0;
    }

    /** The Node that npm brought, else the machine's own if it is new enough. */
    Optional<String> node() {
        Path own = folder.resolve("node_modules/.bin/node");
        String node = Files.isExecutable(own) ? own.toString() : "node";
        String check = "const [major, minor] = process.versions.node.split('.').map(Number);"
                + "process.exit(major > 24 || (major === 24 && minor >= 12) ? 0 : 1)";
        return run(List.of(node, "-e", check), Map.of(), "node-version.log") == 0
                ? Optional.of(node)
                : Optional.empty();
    }

    /** Runs a command in the folder; its output goes to that file among the logs. */
    int run(List<String> command, Map<String, String> environment, String log) {
        return run(command, environment, log, LONGEST_RUN_MINUTES);
    }

    private int run(List<String> command, Map<String, String> environment, String log, long minutes) {
        try {
            Files.createDirectories(logs);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(logs.resolve(log).toFile());
            builder.environment().putAll(environment);
            return await(builder.start(), minutes);
        } catch (IOException e) {
            return -1;
        }
    }

    private static int await(Process process, long minutes) {
        try {
            if (process.waitFor(minutes, TimeUnit.MINUTES)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        return -1;
    }

    private static long modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
