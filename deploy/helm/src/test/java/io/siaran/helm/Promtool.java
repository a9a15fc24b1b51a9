package io.siaran.helm;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Prometheus' own tool, where it is installed: it reads expressions as Prometheus does. */
final class Promtool {

    private static final String NAME = "promtool";

    private Promtool() {}

    /** Fails where {@code .ci/run} has provided it and it is not found: that would be a fault of ours and no reason to skip a test. */
    static boolean isThere() {
        boolean isThere = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, NAME)));
        if (!isThere && "required".equals(System.getenv("SIARAN_PROMETHEUS"))) {
            throw new AssertionError("promtool is to be there (SIARAN_PROMETHEUS=required) and is not");
        }
        return isThere;
    }

    /** What it says. */
    static String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(NAME));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        return code == 0 ? said : "ended with " + code + ": " + said.replace("SUCCESS", "");
    }
}
