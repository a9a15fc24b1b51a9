package io.siaran.kafka;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How the commands for operators connect: as the services do, by the environment that these are given. */
final class ClientSettings {

    private static final String PREFIX = "KAFKA_";

    private ClientSettings() {}

    /** Where the environment says, or on this machine. */
    static String servers(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("SIARAN_KAFKA")).orElse("localhost:9092");
    }

    /** {@code KAFKA_SASL_MECHANISM} is {@code sasl.mechanism}, and so on. */
    static Map<String, Object> of(Map<String, String> environment, String servers) {
        Map<String, Object> settings = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                settings.put(
                        name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        settings.put("bootstrap.servers", servers);
        return settings;
    }
}
