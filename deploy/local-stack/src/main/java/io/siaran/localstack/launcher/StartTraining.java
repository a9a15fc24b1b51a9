package io.siaran.localstack.launcher;

import io.siaran.localstack.LocalKafka;
import io.siaran.localstack.LocalPostgres;
import io.siaran.localstack.LocalPostgres.Durability;
import io.siaran.localstack.launcher.StackSettings.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Starts services once, so that the JVM learns how they start, over servers and a home of its own that are thrown away. Whoever
 * starts them later finds what was learnt in the {@link StartCache}; nobody has to have it.
 */
final class StartTraining implements AutoCloseable {

    /** For the start of one service, and for writing what was learnt of it, on a busy machine. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** A JVM that writes what it has learnt takes a gigabyte. */
    private static final int AT_ONCE = 2;

    /** Where nothing is to be sent to. */
    private static final String NOWHERE = "http://127.0.0.1:9";

    private final TrainingHome home;
    private final StackSettings settings;
    private final Function<Path, ServiceJvm> jvms;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private boolean closed;

    private StartTraining(Path repository, TrainingHome home, Function<Path, ServiceJvm> jvms) {
        this.home = home;
        this.settings = StackSettings.onFreePorts(repository, home.path());
        this.jvms = jvms;
    }

    /** For the services of that project on this machine; nothing runs yet. */
    static StartTraining of(Path repository) {
        return of(repository, ServiceJvm::new);
    }

    /** @param jvms which one starts the service of that jar */
    static StartTraining of(Path repository, Function<Path, ServiceJvm> jvms) {
        return new StartTraining(repository, TrainingHome.create(), jvms);
    }

    /** The services that are built and not learnt yet. */
    static List<Service> missing(Path repository) {
        return missing(repository, ServiceJvm::new);
    }

    private static List<Service> missing(Path repository, Function<Path, ServiceJvm> jvms) {
        return Stream.of(Service.values())
                .filter(service -> {
                    Path jar = ServiceLaunch.jar(service, repository);
                    return Files.exists(jar) && !jvms.apply(jar).cache().isLearnt();
                })
                .toList();
    }

    /** Ends and removes what trainings left that were killed. */
    static void removeAbandoned(Path repository) {
        TrainingHome.removeAbandoned();
        for (Service service : Service.values()) {
            new ServiceJvm(ServiceLaunch.jar(service, repository)).cache().removeAbandoned();
        }
    }

    /** Starts and ends the services that are not learnt yet. What fails is told, and not learnt. */
    void run(Consumer<String> progress) {
        List<Service> services = missing(settings.repository(), jvms);
        if (services.isEmpty()) {
            return;
        }
        Map<String, String> addresses = startServers(services);
        List<Lesson> lessons = new ArrayList<>();
        for (Service service : services) {
            lessons.add(new Lesson(ServiceLaunch.of(Instance.first(service), settings, addresses)));
        }
        try (ExecutorService classroom = Executors.newFixedThreadPool(AT_ONCE)) {
            lessons.forEach(lesson -> classroom.execute(() -> lesson.take(progress)));
        }
    }

    /** Whoever closes meanwhile waits: a server that is half started cannot be ended. */
    private synchronized Map<String, String> startServers(List<Service> services) {
        LocalPostgres postgres = keep(LocalPostgres.start(
                settings.home().resolve("postgres"), settings.port(Place.POSTGRES), Durability.FORGETFUL));
        postgres.createDatabases(services.stream().map(Service::shortName).toList());
        LocalKafka kafka = keep(LocalKafka.start(
                settings.home().resolve("kafka"), settings.port(Place.KAFKA), settings.port(Place.KAFKA_CONTROLLER)));
        kafka.createTopics();
        return ServiceLaunch.shared(
                postgres.address(), kafka.address(), settings.keys().publicKeyLocation(), NOWHERE);
    }

    /** One service, once. */
    private final class Lesson {

        private final ServiceLaunch launch;
        private final ServiceJvm jvm;
        private final StartCache cache;

        private Lesson(ServiceLaunch launch) {
            this.launch = launch;
            this.jvm = jvms.apply(launch.jar());
            this.cache = jvm.cache();
        }

        private void take(Consumer<String> progress) {
            Process process = launch.startLearning(jvm);
            keep(() -> {
                TrainingHome.kill(process.toHandle());
                cache.discard();
            });
            home.records().record(launch.instance(), process.toHandle());
            try {
                CompletableFuture<Instant> ready = new CompletableFuture<>();
                new HealthWatch(process, launch.managementPort(), launch.port(), ready).begin();
                ready.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
                process.destroy();
                if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || !cache.keep()) {
                    progress.accept(launch.instance() + " wrote nothing that it learnt");
                }
            } catch (ExecutionException | TimeoutException e) {
                progress.accept("%s was not learnt: %s".formatted(launch.instance(), e.getMessage()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized <T extends AutoCloseable> T keep(T started) {
        open.push(started);
        if (closed) {
            close();
            throw new StackRefused("Stopped while the JVM was learning.");
        }
        return started;
    }

    /** Ends what still runs, and leaves nothing of its home. */
    @Override
    public synchronized void close() {
        closed = true;
        try {
            while (!open.isEmpty()) {
                open.pop().close();
            }
            home.remove();
        } catch (Exception e) {
            throw new IllegalStateException("a training did not end cleanly", e);
        }
    }
}
