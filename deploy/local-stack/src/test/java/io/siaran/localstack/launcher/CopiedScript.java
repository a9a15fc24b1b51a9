package io.siaran.localstack.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code ./siaran} in a directory of its own, with a JDK and a Maven that only say what they were asked. */
final class CopiedScript {

    record Ended(int code, String output) {}

    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();

    /** @param directory where the script and what it needs is put */
    CopiedScript(Path directory) throws IOException {
        this.directory = directory;
        Files.copy(Path.of("../../siaran"), directory.resolve("siaran"), StandardCopyOption.COPY_ATTRIBUTES);
        program("jdk/bin/javac", "echo javac 25.0.1");
        program("jdk/bin/java", "echo \"java over $SIARAN_HOME: ${*: -1}\"");
        program("bin/mvn", "echo \"$*\" >>'%s'".formatted(mavenLog()));
        // As the build leaves it.
        Files.createDirectories(directory.resolve("deploy/local-stack/target/lib"));
        environment.put("JAVA_HOME", directory.resolve("jdk").toString());
        environment.put("PATH", directory.resolve("bin") + ":" + System.getenv("PATH"));
    }

    private void program(String path, String what) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/usr/bin/env bash\n" + what + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    CopiedScript with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Runs it in its directory. */
    Ended run(String... words) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("./siaran").directory(directory.toFile()).redirectErrorStream(true);
        builder.command().addAll(List.of(words));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    /** What Maven was called with, a line a call. */
    List<String> callsOfMaven() throws IOException {
        return Files.exists(mavenLog()) ? Files.readAllLines(mavenLog()) : List.of();
    }

    private Path mavenLog() {
        return directory.resolve("maven.log");
    }
}
