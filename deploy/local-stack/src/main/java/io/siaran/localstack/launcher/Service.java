package io.siaran.localstack.launcher;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The four services, in the order in which a message passes them. */
public enum Service {
    CAMPAIGN("campaign-service", "leads", "campaigns", "suppressions"),
    SEQUENCE("sequence-service", "sequences"),
    DISPATCH("dispatch-service", "messages", "queue", "analytics", "webhooks", "events", "audit", "people"),
    GATEWAY("device-gateway", "devices", "sending-rules", "antispam", "callbacks", "inbound-messages");

    private final String module;
    private final Set<String> resources;

    Service(String module, String... resources) {
        this.module = module;
        this.resources = Set.of(resources);
    }

    /** The service of that name, short ({@code gateway}) or long ({@code device-gateway}). */
    public static Service named(String name) {
        return Arrays.stream(values())
                .filter(service -> service.shortName().equals(name) || service.module.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no service " + name + "; there are " + names()));
    }

    private static List<String> names() {
        return Arrays.stream(values()).map(Service::shortName).toList();
    }

    /** As in its database, its documentation path and its settings. */
    public String shortName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As in the repository and in the names of its log and its record. */
    public String module() {
        return module;
    }

    /**
     * How long a process of it may take to end before it is killed: what its code waits for, which in the gateway are calls of
     * platforms. As in {@code deploy/compose}; a test adds it up.
     */
    public Duration grace() {
        return Duration.ofSeconds(this == GATEWAY ? 100 : 60);
    }

    /** The first path segments after {@code /api/v1/} that it answers for. */
    public Set<String> resources() {
        return resources;
    }

    /** Whether it answers for that first path segment after {@code /api/v1/}. */
    boolean serves(String resource) {
        return resources.contains(resource);
    }
}
