package io.siaran.e2e;

import io.siaran.localstack.Role;
import io.siaran.localstack.Servers;
import io.siaran.localstack.launcher.LocalStack;
import io.siaran.localstack.launcher.Replicas;
import io.siaran.localstack.launcher.Service;
import io.siaran.localstack.launcher.StackSettings;
import io.siaran.localstack.launcher.WhatsApp;
import io.siaran.localstack.otlp.TraceReceiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands every test of a run the same stack of packaged processes; it ends with the run. */
final class PackagedStack implements ParameterResolver {

    /** Where the repository is, seen from this module. */
    static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();

    /** A running stack and its home. */
    static final class Running implements AutoCloseable {

        private static final AtomicInteger USERS = new AtomicInteger();

        private final Path home = temporaryHome();
        private final TraceReceiver traces;
        private final StackSettings settings;
        private final LocalStack stack;

        /** One of each service, told as the chart tells them to trace and to log; what dies is started again. */
        private static Running asInACluster() {
            TraceReceiver traces = new TraceReceiver();
            Map<String, String> settings = Map.of(
                    "SIARAN_LOG_JSON", "true",
                    "SIARAN_TRACING_ENDPOINT", traces.url(),
                    "SIARAN_TRACING_SHARE", "0.25");
            return new Running(Replicas.SINGLE, true, settings, traces);
        }

        /**
         * A stack beside the one that all share: for whoever needs more of a service, or none that comes back.
         *
         * @param restart whether what dies is started again
         */
        Running(Replicas replicas, boolean restart) {
            this(replicas, restart, Map.of(), new TraceReceiver());
        }

        /**
         * A stack beside the one that all share, one of each service; what dies is started again.
         *
         * @param further settings of the services
         */
        Running(Map<String, String> further) {
            this(Replicas.SINGLE, true, further, new TraceReceiver());
        }

        private Running(Replicas replicas, boolean restart, Map<String, String> further, TraceReceiver traces) {
            this.traces = traces;
            this.settings = StackSettings.onFreePorts(REPOSITORY, home, replicas);
            stack = new LocalStack(settings, restart, line -> System.out.println("  " + line), WhatsApp.OUTSIDE)
                    .on(Servers.ofThisRun())
                    .with(ShortLimits.ENVIRONMENT)
                    .with(further)
                    .start();
        }

        LocalStack stack() {
            return stack;
        }

        /** What that service stores. */
        ServiceDatabase database(Service service) {
            return new ServiceDatabase(settings.databaseUrl(service));
        }

        /** Host and port of Kafka. */
        String kafka() {
            return settings.kafka();
        }

        /** A user of its own each time, whatever the name: what one test hears, no other does. */
        Shop shop(String name) {
            return shop(name, stack.simulatorUrl());
        }

        /** @param simulatorUrl by which name its devices know the simulator: each is a server of its own for the gateway */
        Shop shop(String name, String simulatorUrl) {
            String user = name + "-" + USERS.incrementAndGet();
            return new Shop(name, new Crm(stack.baseUrl(), stack.token(user, Role.OPERATOR)), simulatorUrl);
        }

        /** By the label that the chart's ServiceMonitor sets. */
        Map<String, List<URI>> metrics() {
            Map<String, List<URI>> targets = new TreeMap<>();
            for (Service service : Service.values()) {
                targets.put(
                        service.shortName(),
                        stack.managementUrls(service).stream()
                                .map(url -> URI.create(url + "/q/metrics"))
                                .toList());
            }
            return targets;
        }

        Ledger ledger() {
            return new Ledger(stack.simulatorUrl());
        }

        String simulatorUrl() {
            return stack.simulatorUrl();
        }

        /** What the services sent to their receiver of traces. */
        TraceReceiver traces() {
            return traces;
        }

        /** Where each process writes what it prints. */
        Path logs() {
            return settings.logs();
        }

        @Override
        public void close() {
            stack.close();
            traces.close();
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
                .computeIfAbsent(Running.class, started -> Running.asInACluster(), Running.class);
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
