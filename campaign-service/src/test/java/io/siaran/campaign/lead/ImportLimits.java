package io.siaran.campaign.lead;

import java.time.Duration;

/** The settings with some that a test reaches. */
final class ImportLimits implements ImportConfig {

    private final ImportConfig config;
    private int phones;

    ImportLimits(ImportConfig config) {
        this.config = config;
        this.phones = config.phones();
    }

    ImportLimits phones(int most) {
        phones = most;
        return this;
    }

    @Override
    public Duration pollInterval() {
        return config.pollInterval();
    }

    @Override
    public int phones() {
        return phones;
    }
}
