package io.siaran.localstack.launcher;

import io.siaran.localstack.Kafka;
import io.siaran.localstack.LocalPostgres;
import io.siaran.localstack.LocalPostgres.Durability;
import io.siaran.localstack.Postgres;
import io.siaran.localstack.Role;
import io.siaran.localstack.Servers;
import io.siaran.localstack.frontdoor.FrontDoor;
import io.siaran.localstack.frontdoor.Upstream;
import io.siaran.localstack.launcher.StackSettings.Place;
import io.siaran.localstack.simulator.SimulatorServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * All of Siaran on this machine, over one home directory: what it holds is there again at the next start.
 *
 * <p>{@code start()} returns when the whole stack is ready; {@code close()} ends all of it, also in the middle of a start.
 */
public final class LocalStack implements AutoCloseable {

    /** Four services at once on two cores take about 15 s; a busy machine gets patience. */
    private static final Duration START_LIMIT = Duration.ofSeconds(180);

    private final StackSettings settings;
    private final WhatsApp whatsApp;
    private final boolean restart;
    private final Consumer<String> progress;
    private final RunDirectory records;
    private final Map<Instance, ServiceProcess> services = new LinkedHashMap<>();
    private final Map<String, String> further = new HashMap<>();
    private final Parts parts;
    private final List<Runnable> cuts = new CopyOnWriteArrayList<>();
    private Servers servers = Servers.EMBEDDED;
    private CompletableFuture<Void> bridge = CompletableFuture.completedFuture(null);

    /**
     * @param restart whether a service that dies is started again
     * @param progress is told, one line each, what happens
     */
    public LocalStack(StackSettings settings, boolean restart, Consumer<String> progress) {
        this(settings, restart, progress, WhatsApp.NONE);
    }

    /** @param whatsApp which one the bridge is linked to, if it is started at all */
    public LocalStack(StackSettings settings, boolean restart, Consumer<String> progress, WhatsApp whatsApp) {
        this.settings = settings;
        this.whatsApp = whatsApp;
        this.restart = restart;
        this.progress = progress;
        this.records = new RunDirectory(settings.home());
        this.parts = new Parts(progress);
    }

    /** Gives every service these settings (environment variables) as well; before the start. */
    public LocalStack with(Map<String, String> more) {
        further.putAll(more);
        return this;
    }

    /** Runs PostgreSQL and Kafka as these; before the start. */
    public LocalStack on(Servers others) {
        servers = others;
        return this;
    }

    /** Starts everything in order; refuses, and leaves nothing running, when a part cannot start. */
    public LocalStack start() {
        try {
            Arrays.stream(Service.values()).forEach(this::requireBuilt);
            new Home(settings.home()).makePrivate();
            keep(records.lock());
            cleanUp();
            startServices(startServers());
            awaitServices();
            keep(frontDoor());
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private FrontDoor frontDoor() {
        List<Upstream> upstreams = Arrays.stream(Service.values())
                .map(service -> Routes.upstream(service, settings))
                .toList();
        return FrontDoor.open(
                settings.port(Place.FRONT_DOOR), Routes.by(settings), upstreams, WelcomePage.of(settings));
    }

    private void requireBuilt(Service service) {
        Path jar = ServiceLaunch.jar(service, settings.repository());
        if (Files.notExists(jar)) {
            throw new StackRefused(
                    "%s is not built (%s is missing): './siaran up' builds it.".formatted(service.module(), jar));
        }
    }

    private void cleanUp() {
        List<Instance> left = records.endLeftovers(progress);
        if (!left.isEmpty()) {
            progress.accept("ended what a killed run had left: " + left);
        }
        LocalPostgres.endLeftover(settings.home().resolve("postgres"));
        settings.requireFreePorts();
        records.recordLauncher();
        keep(records::forgetLauncher);
    }

    private Map<String, String> startServers() {
        progress.accept("PostgreSQL");
        Postgres postgres = keep(servers.postgres(
                settings.home().resolve("postgres"), settings.port(Place.POSTGRES), Durability.DURABLE));
        postgres.createDatabases(
                Arrays.stream(Service.values()).map(Service::shortName).toList());
        startBridge(postgres);
        progress.accept("Kafka");
        Kafka kafka = keep(servers.kafka(
                settings.home().resolve("kafka"), settings.port(Place.KAFKA), settings.port(Place.KAFKA_CONTROLLER)));
        kafka.createTopics();
        progress.accept("the simulator");
        SimulatorServer simulator = keep(SimulatorServer.start(
                settings.port(Place.SIMULATOR), settings.home().resolve("simulator/ledger.jsonl")));
        return ServiceLaunch.shared(
                postgres.address(), kafka.address(), settings.keys().publicKeyLocation(), simulator.url());
    }

    private void startBridge(Postgres postgres) {
        if (whatsApp == WhatsApp.NONE) {
            return;
        }
        postgres.createDatabases(List.of(WhatsAppBridge.database(whatsApp != WhatsApp.REAL)));
        if (whatsApp == WhatsApp.OUTSIDE) {
            return;
        }
        progress.accept("the WhatsApp bridge");
        WhatsAppBridge started = keep(new WhatsAppBridge(settings, postgres.address(), whatsApp, progress));
        cuts.add(started::cut);
        parts.tellOfClose(started::startNoMore);
        // Beside the rest: no service needs it to be ready, and those who would wait for it have a core free.
        bridge = CompletableFuture.runAsync(started::start, Thread::startVirtualThread);
    }

    private void startServices(Map<String, String> addresses) {
        progress.accept("the services");
        for (Instance instance : settings.replicas().instances()) {
            ServiceLaunch launch = ServiceLaunch.of(instance, settings, environment(instance.service(), addresses));
            launch.rotateLog();
            ServiceProcess process = new ServiceProcess(launch, records, restart, progress);
            services.put(instance, process);
            cuts.add(process::cut);
        }
        keep(() -> Ending.all(services.values(), ServiceProcess::close));
        services.values().forEach(ServiceProcess::start);
    }

    /** Only the gateway speaks to the bridge, so only it gets what opens it. */
    private Map<String, String> environment(Service service, Map<String, String> addresses) {
        Map<String, String> all = new HashMap<>(addresses);
        all.putAll(further);
        if (service == Service.GATEWAY && whatsApp != WhatsApp.NONE) {
            all.putAll(WhatsAppBridge.gatewayEnvironment(settings));
        }
        return all;
    }

    private void awaitServices() {
        services.forEach((instance, process) -> {
            process.awaitHealthy(START_LIMIT);
            progress.accept(instance + " is ready");
        });
        awaitBridge();
    }

    private void awaitBridge() {
        try {
            bridge.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StackRefused refused ? refused : e;
        }
    }

    /** Where it ends: waits for nothing any more that services or the bridge have under way, which is cut. */
    void cut() {
        cuts.forEach(Runnable::run);
    }

    /** A process of a service, by its short or long name: {@code gateway} the first one, {@code gateway-2} the second. */
    public ServiceProcess service(String name) {
        return services.get(Instance.named(name));
    }

    /** Where the processes of that service tell of their health and their metrics: {@code /q/health}, {@code /q/metrics}. */
    public List<String> managementUrls(Service service) {
        return settings.replicas().instances(service).stream()
                .map(settings::managementUrl)
                .toList();
    }

    /** What a process of the bridge needs to serve this stack, linked to the fake. */
    public Map<String, String> bridgeEnvironment() {
        return WhatsAppBridge.environment(settings, settings.postgres(), true);
    }

    /** What the fake of WhatsApp needs to stand behind it. */
    public Map<String, String> fakeEnvironment() {
        return WhatsAppBridge.fakeEnvironment(settings);
    }

    /** @see StackSettings#baseUrl() */
    public String baseUrl() {
        return settings.baseUrl();
    }

    /** @see StackSettings#simulatorUrl() */
    public String simulatorUrl() {
        return settings.simulatorUrl();
    }

    /** @see StackSettings#token(String, Role) */
    public String token(String user, Role role) {
        return settings.token(user, role);
    }

    /** @see Parts#keep */
    <T extends AutoCloseable> T keep(T started) {
        return parts.keep(started);
    }

    /** Ends everything, services first, then the servers they need. */
    @Override
    public void close() {
        parts.close();
    }
}
