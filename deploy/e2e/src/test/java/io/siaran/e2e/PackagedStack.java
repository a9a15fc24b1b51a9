package io.siaran.e2e;

import io.siaran.localstack.Role;
import io.siaran.localstack.Servers;
import io.siaran.localstack.launcher.LocalStack;
import io.siaran.localstack.launcher.Replicas;
import io.siaran.localstack.launcher.StackSettings;
import io.siaran.localstack.launcher.WhatsApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands every test of a run the same stack of packaged processes; it ends with the run. */
final class PackagedStack implements ParameterResolver {

    /** Who kills what others use has it alone; they share it. */
    static final String LOCK = "packaged stack";

    /** Where the repository is, seen from this module. */
    static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();

    /** A running stack and its home. */
    static final class Running implements AutoCloseable {

        private static final AtomicInteger USERS = new AtomicInteger();

        private final Path home = temporaryHome();
        private final LocalStack stack;

        /** One of each service; what dies is started again. */
        private Running() {
            this(Replicas.SINGLE, true);
        }

        /**
         * A stack beside the one that all share: for whoever needs more of a service, or none that comes back.
         *
         * @param restart whether what dies is started again
         */
        Running(Replicas replicas, boolean restart) {
            stack = new LocalStack(
                            StackSettings.onFreePorts(REPOSITORY, home, replicas),
                            restart,
                            line -> System.out.println("  " + line),
                            WhatsApp.OUTSIDE)
                    .on(Servers.ofThisRun())
                    .start();
        }

        LocalStack stack() {
            return stack;
        }

        /** A user of its own each time, whatever the name: what one test hears, no other does. */
        Shop shop(String name) {
            String user = name + "-" + USERS.incrementAndGet();
            return new Shop(name, new Crm(stack.baseUrl(), stack.token(user, Role.OPERATOR)), stack.simulatorUrl());
        }

        Ledger ledger() {
            return new Ledger(stack.simulatorUrl());
        }

        String simulatorUrl() {
            return stack.simulatorUrl();
        }

        @Override
        public void close() {
            stack.close();
            delete(home);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Running.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.GLOBAL)
                .computeIfAbsent(Running.class, started -> new Running(), Running.class);
    }

    static Path temporaryHome() {
        try {
            return Files.createTempDirectory("siaran-e2e-");
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
