package io.siaran.localstack.launcher;

import io.siaran.localstack.LocalKeys;
import io.siaran.localstack.Ports;
import io.siaran.localstack.Postgres;
import io.siaran.localstack.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where a stack lives and listens. Every port follows from {@code SIARAN_PORT} unless its own setting moves it, so that a
 * second stack needs only another {@code SIARAN_HOME} and {@code SIARAN_PORT}.
 *
 * @param repository the project, which holds the packaged services
 * @param home data, logs, keys and records of this stack; refused where it is, or contains, the repository
 * @param ports of what there is one of, and of the first process of each service
 * @param further where the other processes of the services listen
 */
public record StackSettings(
        Path repository, Path home, Map<Place, Integer> ports, Map<Instance, Address> further, Replicas replicas) {

    /** Where one process of a service listens: for callers, and for whoever asks about its health and its metrics. */
    record Address(int port, int managementPort) {}

    /** What listens, with the setting that moves it and its distance from the front door. */
    public enum Place {
        FRONT_DOOR("the front door", "SIARAN_PORT", 0),
        CAMPAIGN("campaign-service", "SIARAN_CAMPAIGN_PORT", 1),
        SEQUENCE("sequence-service", "SIARAN_SEQUENCE_PORT", 2),
        DISPATCH("dispatch-service", "SIARAN_DISPATCH_PORT", 3),
        GATEWAY("device-gateway", "SIARAN_GATEWAY_PORT", 4),
        CAMPAIGN_MANAGEMENT("health and metrics of campaign-service", "SIARAN_CAMPAIGN_MANAGEMENT_PORT", 901),
        SEQUENCE_MANAGEMENT("health and metrics of sequence-service", "SIARAN_SEQUENCE_MANAGEMENT_PORT", 902),
        DISPATCH_MANAGEMENT("health and metrics of dispatch-service", "SIARAN_DISPATCH_MANAGEMENT_PORT", 903),
        GATEWAY_MANAGEMENT("health and metrics of device-gateway", "SIARAN_GATEWAY_MANAGEMENT_PORT", 904),
        POSTGRES("PostgreSQL", "SIARAN_POSTGRES_PORT", 10),
        KAFKA("Kafka", "SIARAN_KAFKA_PORT", 12),
        KAFKA_CONTROLLER("Kafka's controller", "SIARAN_KAFKA_CONTROLLER_PORT", 13),
        SIMULATOR("the simulator", "SIARAN_SIMULATOR_PORT", 20),
        BRIDGE("the WhatsApp bridge", "SIARAN_BRIDGE_PORT", 30),
        FAKE_WHATSAPP("the fake of WhatsApp", "SIARAN_FAKE_WHATSAPP_PORT", 31),
        FAKE_PHONES("the phones of the fake", "SIARAN_FAKE_PHONES_PORT", 32);

        private final String what;
        private final String setting;
        private final int offset;

        Place(String what, String setting, int offset) {
            this.what = what;
            this.setting = setting;
            this.offset = offset;
        }

        String setting() {
            return setting;
        }

        static Place of(Service service) {
            return valueOf(service.name());
        }

        static Place managementOf(Service service) {
            return valueOf(service.name() + "_MANAGEMENT");
        }
    }

    private static final int DEFAULT_PORT = 8080;

    /** How far the ports of a service's second process are from those of its first, and so on. */
    private static final int FROM_ONE_TO_THE_NEXT = 100;

    public StackSettings {
        home = home.toAbsolutePath().normalize();
        Home.requireApart(home, repository);
        ports = Map.copyOf(ports);
        further = Map.copyOf(further);
    }

    StackSettings(Path repository, Path home, Map<Place, Integer> ports) {
        this(repository, home, ports, Map.of(), Replicas.SINGLE);
    }

    /** The same, with so many of each service. */
    StackSettings with(Replicas wanted) {
        return new StackSettings(repository, home, ports, further, wanted);
    }

    /** By this process's environment; the system property {@code siaran.repository} says where the project is. */
    public static StackSettings ofThisProcess() {
        Path repository = Path.of(System.getProperty("siaran.repository", "."));
        return from(System.getenv(), repository.toAbsolutePath().normalize());
    }

    /** By the environment variables of {@code ./siaran}. */
    static StackSettings from(Map<String, String> environment, Path repository) {
        String named = environment.getOrDefault("SIARAN_HOME", "");
        Path home = named.isBlank() ? repository.resolve(".siaran") : Path.of(named);
        int base = port(environment, Place.FRONT_DOOR.setting, DEFAULT_PORT);
        Map<Place, Integer> ports = Arrays.stream(Place.values())
                .collect(Collectors.toMap(
                        place -> place, place -> port(environment, place.setting, base + place.offset)));
        return new StackSettings(repository, home, ports);
    }

    private static int port(Map<String, String> environment, String setting, int otherwise) {
        String value = environment.getOrDefault(setting, "");
        if (value.isBlank()) {
            return otherwise;
        }
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > 65_535) {
            throw new StackRefused("%s=%s is not a port (1 to 65535).".formatted(setting, value));
        }
        return Integer.parseInt(value);
    }

    /** On ports that nobody uses now: for tests, several of which may run at once. */
    public static StackSettings onFreePorts(Path repository, Path home) {
        return onFreePorts(repository, home, Replicas.SINGLE);
    }

    /** On ports that nobody uses now, with so many of each service. */
    public static StackSettings onFreePorts(Path repository, Path home, Replicas replicas) {
        List<Instance> more =
                replicas.instances().stream().filter(each -> each.number() > 1).toList();
        Iterator<Integer> free =
                Ports.free(Place.values().length + 2 * more.size()).iterator();
        Map<Place, Integer> ports = new EnumMap<>(Place.class);
        for (Place place : Place.values()) {
            ports.put(place, free.next());
        }
        Map<Instance, Address> further =
                more.stream().collect(Collectors.toMap(each -> each, _ -> new Address(free.next(), free.next())));
        return new StackSettings(repository, home, ports, further, replicas);
    }

    public int port(Place place) {
        return ports.get(place);
    }

    int port(Service service) {
        return port(Place.of(service));
    }

    /** Where that service answers about its health and its metrics. */
    int managementPort(Service service) {
        return port(Place.managementOf(service));
    }

    Address address(Instance instance) {
        int distance = FROM_ONE_TO_THE_NEXT * (instance.number() - 1);
        return further.getOrDefault(
                instance,
                new Address(port(instance.service()) + distance, managementPort(instance.service()) + distance));
    }

    /** Refuses to start while a port is taken, naming each and the setting that moves it. */
    void requireFreePorts() {
        List<String> taken = new ArrayList<>();
        for (Place place : Place.values()) {
            if (Ports.inUse(port(place))) {
                taken.add(
                        "Port %d (%s) is in use: set %s to another.".formatted(port(place), place.what, place.setting));
            }
        }
        for (Instance instance : replicas.instances()) {
            Address address = address(instance);
            if (instance.number() > 1 && (Ports.inUse(address.port()) || Ports.inUse(address.managementPort()))) {
                taken.add("Port %d or %d (%s) is in use: set SIARAN_PORT to another."
                        .formatted(address.port(), address.managementPort(), instance));
            }
        }
        if (!taken.isEmpty()) {
            throw new StackRefused(String.join(System.lineSeparator(), taken));
        }
    }

    /** The front door. */
    public String baseUrl() {
        return "http://127.0.0.1:" + port(Place.FRONT_DOOR);
    }

    /** Host and port of PostgreSQL. */
    String postgres() {
        return "127.0.0.1:" + port(Place.POSTGRES);
    }

    /** Of what that service stores, for JDBC: for whoever looks into it, or has it fail. */
    public String databaseUrl(Service service) {
        return "jdbc:postgresql://%s/%s?user=%s&password=%3$s"
                .formatted(postgres(), service.shortName(), Postgres.USER);
    }

    /** Host and port of Kafka. */
    public String kafka() {
        return "127.0.0.1:" + port(Place.KAFKA);
    }

    /** Health and metrics of that service: {@code /q/health}, {@code /q/metrics}. */
    String managementUrl(Instance instance) {
        return "http://127.0.0.1:" + address(instance).managementPort();
    }

    /** The simulator's ledger and switches; {@code /wablas} below it is the base URL of a Wablas device. */
    public String simulatorUrl() {
        return "http://127.0.0.1:" + port(Place.SIMULATOR);
    }

    /** The bridge to WhatsApp Web, where there is one. */
    String bridgeUrl() {
        return "http://127.0.0.1:" + port(Place.BRIDGE);
    }

    /** The page with the phones of the fake of WhatsApp. */
    public String phonesUrl() {
        return "http://127.0.0.1:" + port(Place.FAKE_PHONES);
    }

    /** A token that the services of this stack accept, valid for 12 hours. */
    public String token(String user, Role role) {
        return keys().token(user, role, Duration.ofHours(12));
    }

    LocalKeys keys() {
        return LocalKeys.in(home.resolve("keys"));
    }

    /** Whether a launcher runs over this home. */
    public boolean isRunning() {
        return new RunDirectory(home).launcher().isPresent();
    }

    public Path logs() {
        return home.resolve("logs");
    }

    Path log(Instance instance) {
        return logs().resolve(instance.name() + ".log");
    }
}
