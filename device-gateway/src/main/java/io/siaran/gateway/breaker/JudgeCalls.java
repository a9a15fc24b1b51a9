package io.siaran.gateway.breaker;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Judges the calls of devices by the configured policy, and counts what that holds. */
@ApplicationScoped
public class JudgeCalls {

    private final BreakerPolicy policy;
    private final BreakerMetrics metrics;
    private final RandomGenerator random;

    public JudgeCalls(BreakerConfig config, BreakerMetrics metrics, RandomGenerator random) {
        this.policy = config.policy();
        this.metrics = metrics;
        this.random = random;
    }

    /** @param before the device's breaker at the beginning of the call */
    public Judgement judge(Breaker before, Evidence evidence) {
        Judgement judgement = before.judge(evidence, policy, random);
        metrics.judged(before, judgement);
        return judgement;
    }

    /** How long a device is held now that the platform refuses, where the platform does not say it. */
    public Duration refusedFor(Breaker after) {
        return after.refusedFor(policy, random);
    }
}
