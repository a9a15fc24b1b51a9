package io.siaran.localstack.launcher;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the processes of a service.
 *
 * @param number from 1; the first has the service's own name, its ports and its log
 */
public record Instance(Service service, int number) {

    private static final Pattern NAME = Pattern.compile("(.+?)(?:-([2-9]))?");

    static Instance first(Service service) {
        return new Instance(service, 1);
    }

    /** The instance of that name, with the short or the long name of the service: {@code gateway}, {@code device-gateway-2}. */
    static Instance named(String name) {
        return read(name)
                .orElseThrow(
                        () -> new IllegalArgumentException("no instance " + name + "; named as gateway, gateway-2"));
    }

    private static Optional<Instance> read(String name) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int number = parts.group(2) == null ? 1 : Integer.parseInt(parts.group(2));
        return Optional.of(new Instance(Service.named(parts.group(1)), number));
    }

    /** As in the names of its log and its record. */
    public String name() {
        return number == 1 ? service.module() : service.module() + "-" + number;
    }

    @Override
    public String toString() {
        return name();
    }
}
