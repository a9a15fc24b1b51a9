package io.siaran.localstack.launcher;

import io.siaran.localstack.LocalSecret;
import io.siaran.localstack.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How one process of a packaged service is started: its command line, its settings, its working directory and its log. */
record ServiceLaunch(
        Instance instance,
        int port,
        int managementPort,
        Path jar,
        Path directory,
        Path log,
        Map<String, String> environment) {

    /** With it the credentials of the devices can be read: no service but the gateway gets it. */
    private static final String CREDENTIAL_KEY = "SIARAN_GATEWAY_CREDENTIAL_KEY";

    /** Newer keys of the same kind: for whoever tries their rotation here. */
    private static final String SEALING_KEYS = "SIARAN_GATEWAY_SEALING_KEYS_";

    /** What the secrets of webhooks are made of: for the service that signs by them alone. */
    private static final String WEBHOOK_KEY = "SIARAN_WEBHOOKS_SECRET_KEY";

    /** By which people who were erased are known again: for the services that take phones in. */
    private static final String PERSON_KEY = "SIARAN_PERSON_KEY";

    /**
     * Unless whoever starts the stack says otherwise. A connection costs PostgreSQL 4 to 10 MB, and each of a pool is used in its turn,
     * so none is idle for long enough to be closed. Two cores are busy with four a service, of which the relay has one for itself; an
     * installation has 12 to 16. Statements of the journal are fewer than connections, as everywhere, and Flyway's connections are of
     * no use after the start.
     */
    private static final Map<String, String> FEW_CONNECTIONS = Map.of(
            "QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE", "4",
            "QUARKUS_DATASOURCE_JDBC_IDLE_REMOVAL_INTERVAL", "10s",
            "SIARAN_GATEWAY_JOURNAL_STATEMENTS_AT_ONCE", "2");

    static ServiceLaunch of(Instance instance, StackSettings settings, Map<String, String> shared) {
        Map<String, String> environment = new HashMap<>(shared);
        Service service = instance.service();
        if (service == Service.GATEWAY) {
            // The simulator on this machine calls back through the front door, as a platform does through the ingress.
            environment.put("SIARAN_GATEWAY_CALLBACK_PUBLIC_URL", settings.baseUrl());
            environment.put("SIARAN_GATEWAY_LEADS_URL", settings.baseUrl());
            environment.put("SIARAN_GATEWAY_QUEUE_URL", settings.baseUrl());
            environment.put(CREDENTIAL_KEY, LocalSecret.in(settings.home().resolve("keys")));
        }
        if (service == Service.CAMPAIGN) {
            environment.put("SIARAN_CAMPAIGN_QUEUE_URL", settings.baseUrl());
            // The simulator answers at once.
            environment.put("SIARAN_CAMPAIGN_FORECAST_CALL_TIME", "PT0.1S");
        }
        if (service == Service.CAMPAIGN || service == Service.DISPATCH) {
            environment.put(PERSON_KEY, LocalSecret.derived(settings.home().resolve("keys"), "people"));
        }
        if (service == Service.DISPATCH) {
            // A receiver may be on this machine.
            environment.put("SIARAN_WEBHOOKS_ALLOW_INTERNAL_ADDRESSES", "true");
            environment.put(WEBHOOK_KEY, LocalSecret.derived(settings.home().resolve("keys"), "webhooks"));
        }
        return new ServiceLaunch(
                instance,
                settings.address(instance).port(),
                settings.address(instance).managementPort(),
                jar(service, settings.repository()),
                settings.home().resolve(service.module()),
                settings.log(instance),
                environment);
    }

    /** What the build makes of the service. */
    static Path jar(Service service, Path repository) {
        return repository.resolve(service.module()).resolve("target/quarkus-app/quarkus-run.jar");
    }

    /** The process, just started; it appends what it prints to its log. */
    ServiceStart start() {
        ServiceJvm jvm = new ServiceJvm(jar);
        long logBefore = log.toFile().length();
        return new ServiceStart(start(jvm.command()), jvm.cache(), log, logBefore);
    }

    /** The same, where that JVM learns how the service starts; it takes a while to end. */
    Process startLearning(ServiceJvm jvm) {
        return start(jvm.learningCommand());
    }

    private Process start(List<String> jvm) {
        try {
            Files.createDirectories(directory);
            Files.createDirectories(log.getParent());
            List<String> command = new ArrayList<>(jvm);
            command.addAll(arguments());
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log.toFile()));
            builder.environment().remove(CREDENTIAL_KEY);
            builder.environment().remove(WEBHOOK_KEY);
            builder.environment().remove(PERSON_KEY);
            if (instance.service() != Service.GATEWAY) {
                builder.environment().keySet().removeIf(name -> name.startsWith(SEALING_KEYS));
            }
            FEW_CONNECTIONS.forEach(builder.environment()::putIfAbsent);
            builder.environment().putAll(environment());
            builder.environment().put("SIARAN_HTTP_PORT", Integer.toString(port));
            builder.environment().put("SIARAN_MANAGEMENT_PORT", Integer.toString(managementPort));
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + instance, e);
        }
    }

    private List<String> arguments() {
        // The first tells in a list of processes to which stack this one belongs.
        return List.of("-Dsiaran.home=" + directory.getParent(), "-jar", jar.toString());
    }

    /** Puts the log of the run before this one aside. */
    void rotateLog() {
        try {
            if (Files.exists(log)) {
                Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The settings that all services share. */
    static Map<String, String> shared(String postgres, String kafka, String publicKey, String simulator) {
        return Map.of(
                "SIARAN_POSTGRES",
                postgres,
                "SIARAN_POSTGRES_USER",
                Postgres.USER,
                "SIARAN_POSTGRES_PASSWORD",
                Postgres.USER,
                "SIARAN_KAFKA",
                kafka,
                "SIARAN_JWT_PUBLIC_KEY",
                publicKey,
                // The simulator is on this machine.
                "SIARAN_GATEWAY_ALLOW_INTERNAL_ADDRESSES",
                "true",
                "SIARAN_MEDIA_ALLOW_INTERNAL_ADDRESSES",
                "true",
                "SIARAN_SIMULATOR_URL",
                simulator,
                // All services, PostgreSQL and Kafka share the cores of one machine.
                "SIARAN_REST_LARGE_LISTS_PER_USER",
                "1",
                "SIARAN_HTTP_HOST",
                "127.0.0.1");
    }
}
