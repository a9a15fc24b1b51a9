package io.siaran.gateway.provider;

import io.quarkus.arc.All;
import io.siaran.gateway.device.Platform;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The adapter of each platform. */
@ApplicationScoped
public class Providers {

    private final Map<Platform, ProviderAdapter> adapters = new EnumMap<>(Platform.class);

    Providers(@All List<ProviderAdapter> all) {
        for (ProviderAdapter adapter : all) {
            adapters.put(adapter.platform(), adapter);
        }
    }

    public ProviderAdapter of(Platform platform) {
        ProviderAdapter adapter = adapters.get(platform);
        if (adapter == null) {
            throw new IllegalStateException("no adapter for " + platform.wire());
        }
        return adapter;
    }
}
