package io.siaran.gateway.provider;

import io.quarkus.arc.All;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.Platform;
import io.siaran.gateway.device.ServerAddresses;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The adapter of each platform. */
@ApplicationScoped
public class Providers {

    private final Map<Platform, ProviderAdapter> adapters = new EnumMap<>(Platform.class);

    private final ServerAddresses addresses;

    Providers(@All List<ProviderAdapter> all, ServerAddresses addresses) {
        this.addresses = addresses;
        for (ProviderAdapter adapter : all) {
            adapters.put(adapter.platform(), adapter);
        }
    }

    /**
     * Why this device must not be called at all, empty when it may. Asks for the name of its server, so it may wait: before
     * anything is timed.
     */
    public Optional<String> forbidden(ConnectedDevice device) {
        return !device.platform().isOurOwn() && addresses.leadsInside(device.baseUrl())
                ? Optional.of("its server is in an internal network")
                : Optional.empty();
    }

    /** The platforms that this version can send through. */
    public Set<Platform> platforms() {
        return Collections.unmodifiableSet(adapters.keySet());
    }

    /** Within which every call of every platform returns. */
    public Duration longestCall() {
        return adapters.values().stream()
                .map(ProviderAdapter::longestCall)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    public ProviderAdapter of(Platform platform) {
        ProviderAdapter adapter = adapters.get(platform);
        if (adapter == null) {
            throw new IllegalStateException("no adapter for " + platform.wire());
        }
        return adapter;
    }
}
