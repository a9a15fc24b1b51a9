package io.siaran.localstack.launcher;

import io.siaran.localstack.LocalSecret;
import io.siaran.localstack.Postgres;
import io.siaran.localstack.launcher.StackSettings.Place;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * {@code ./siaran reseal-credentials}: the gateway's own command over this stack's database, as operators run it. The newer keys
 * come from the environment, as the gateway's do; the first one is this stack's.
 */
final class ResealCommand {

    private static final String MAIN = "io.siaran.gateway.device.ResealCredentials";

    private final StackSettings settings;

    ResealCommand(StackSettings settings) {
        this.settings = settings;
    }

    /** Runs it and answers its exit code: 0 when every credential has the newest key, 1 when one does not open. */
    int run() throws InterruptedException {
        if (!settings.isRunning()) {
            throw new StackRefused("Siaran does not run over " + settings.home() + ": './siaran up' first.");
        }
        ProcessBuilder builder = new ProcessBuilder(command()).inheritIO();
        builder.environment()
                .putAll(Map.of(
                        "SIARAN_GATEWAY_CREDENTIAL_KEY",
                        LocalSecret.in(settings.home().resolve("keys")),
                        "SIARAN_POSTGRES",
                        "127.0.0.1:" + settings.port(Place.POSTGRES),
                        "SIARAN_POSTGRES_USER",
                        Postgres.USER,
                        "SIARAN_POSTGRES_PASSWORD",
                        Postgres.USER));
        try {
            return builder.start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + MAIN, e);
        }
    }

    private List<String> command() {
        Path application =
                ServiceLaunch.jar(Service.GATEWAY, settings.repository()).getParent();
        String classes = String.join(
                File.pathSeparator, application + "/app/*", application + "/lib/main/*", application + "/lib/boot/*");
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx192m",
                "-Duser.timezone=UTC",
                "-cp",
                classes,
                MAIN);
    }
}
