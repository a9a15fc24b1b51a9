package io.siaran.localstack.launcher;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How many processes each service has.
 *
 * @param counts of the services that have more than one
 */
public record Replicas(Map<Service, Integer> counts) {

    /** As many as the ports leave room for between a service's own and those of its management. */
    static final int MOST = 8;

    /** One of each. */
    public static final Replicas SINGLE = new Replicas(Map.of());

    public Replicas {
        counts.forEach((service, count) -> {
            if (count < 1 || count > MOST) {
                throw new StackRefused(
                        "%d of %s: there may be 1 to %d of each service.".formatted(count, service.module(), MOST));
            }
        });
        counts = Map.copyOf(counts);
    }

    /** As it is written on a command line: {@code gateway=2,dispatch=3}; whatever is not named has one. */
    public static Replicas parse(String words) {
        Map<Service, Integer> counts = new EnumMap<>(Service.class);
        for (String word : words.split(",", -1)) {
            String[] parts = word.strip().split("=", -1);
            if (parts.length != 2 || !parts[1].matches("\\d{1,4}")) {
                throw new StackRefused(
                        "--replicas takes SERVICE=COUNT,…, as in gateway=2,dispatch=2; not '" + word + "'.");
            }
            if (counts.put(Service.named(parts[0]), Integer.parseInt(parts[1])) != null) {
                throw new StackRefused("--replicas names " + parts[0] + " twice.");
            }
        }
        return new Replicas(counts);
    }

    int of(Service service) {
        return counts.getOrDefault(service, 1);
    }

    /** Of that service, the first one first. */
    List<Instance> instances(Service service) {
        return IntStream.rangeClosed(1, of(service))
                .mapToObj(number -> new Instance(service, number))
                .toList();
    }

    /** Of every service, in the order in which a message passes them. */
    List<Instance> instances() {
        return Stream.of(Service.values())
                .flatMap(service -> instances(service).stream())
                .toList();
    }
}
