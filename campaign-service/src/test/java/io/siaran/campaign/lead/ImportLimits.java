package io.siaran.campaign.lead;

import java.time.Duration;

/** Limits that a test reaches. */
record ImportLimits(int phones) implements ImportConfig {

    static final ImportLimits WIDE = new ImportLimits(2_000_000);

    ImportLimits withPhones(int most) {
        return new ImportLimits(most);
    }

    @Override
    public Duration pollInterval() {
        throw new UnsupportedOperationException("the test looks");
    }
}
