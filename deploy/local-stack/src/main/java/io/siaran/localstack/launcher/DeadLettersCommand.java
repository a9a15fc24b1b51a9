package io.siaran.localstack.launcher;

import io.siaran.localstack.launcher.StackSettings.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./siaran dead-letters}: the services' own command over this stack's Kafka, as operators run it. It is a process of
 * its own over the libraries of a packaged service, so that the launcher needs none of them.
 */
final class DeadLettersCommand {

    private static final String MAIN = "io.siaran.kafka.DeadLetters";

    private final StackSettings settings;

    DeadLettersCommand(StackSettings settings) {
        this.settings = settings;
    }

    /** Runs it with those words ({@code list}, {@code redrive TOPIC}) and answers its exit code. */
    int run(List<String> words) throws InterruptedException {
        if (!settings.isRunning()) {
            throw new StackRefused("Siaran does not run over " + settings.home() + ": './siaran up' first.");
        }
        try {
            Files.createDirectories(settings.logs());
            return new ProcessBuilder(command(words))
                    .redirectOutput(Redirect.INHERIT)
                    .redirectError(settings.logs().resolve("dead-letters.log").toFile())
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + MAIN, e);
        }
    }

    private List<String> command(List<String> words) {
        Path libraries =
                ServiceLaunch.jar(Service.DISPATCH, settings.repository()).resolveSibling("lib/main");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx192m",
                "-Duser.timezone=UTC",
                "-cp",
                libraries + "/*",
                MAIN,
                "--kafka",
                "127.0.0.1:" + settings.port(Place.KAFKA)));
        command.addAll(words);
        return command;
    }
}
