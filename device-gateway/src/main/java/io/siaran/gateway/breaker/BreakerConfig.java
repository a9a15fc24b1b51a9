package io.siaran.gateway.breaker;

import io.siaran.sql.Backoff;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When a platform in trouble is left alone, and how it is asked again. */
@ConfigMapping(prefix = "siaran.gateway.breaker")
public interface BreakerConfig {

    /** Calls in a row that the platform fails, or does not answer, before the device is held. */
    @WithDefault("3")
    int threshold();

    /** The first hold of a device; each that follows without a success between is twice as long. */
    @WithDefault("1m")
    Duration first();

    /** No hold is longer, but for the jitter. */
    @WithDefault("15m")
    Duration longest();

    /** The share by which a hold is drawn longer. */
    @WithDefault("0.2")
    double jitter();

    /** Held devices of one host, at least, before the host's own breaker may open. */
    @WithDefault("5")
    int hostDevices();

    /** The share of the host's devices that called within the last hour which must be held as well. */
    @WithDefault("0.34")
    double hostShare();

    /** A host that served any device within this time is not in trouble. */
    @WithDefault("10s")
    Duration hostQuiet();

    /** While a host's breaker is open one of its devices probes it so often. */
    @WithDefault("15s")
    Duration hostProbeEvery();

    /** Within which all devices of a host are let go once it serves again, evenly: all at once would knock it over. */
    @WithDefault("15s")
    Duration hostReleaseWithin();

    default BreakerPolicy policy() {
        return new BreakerPolicy(threshold(), new Backoff(first(), longest()), jitter());
    }
}
