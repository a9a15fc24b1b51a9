package io.siaran.sequence.enrolment;

import io.micrometer.core.instrument.MeterRegistry;
import io.siaran.kafka.Outbox;
import io.siaran.kafka.Writes;
import io.siaran.sequence.batch.SetAside;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** Instances that review as all do, with little room for those who enter. */
@Singleton
class CrampedReviews {

    private final Writes writes;
    private final MarkLeads markLeads;
    private final EndEnrolments endEnrolments;
    private final SetAside setAside;
    private final Outbox outbox;
    private final MeterRegistry metrics;
    private final EnrolmentConfig config;
    private final Clock clock;
    private final RandomGenerator random;

    CrampedReviews(
            Writes writes,
            MarkLeads markLeads,
            EndEnrolments endEnrolments,
            SetAside setAside,
            Outbox outbox,
            MeterRegistry metrics,
            EnrolmentConfig config,
            Clock clock,
            RandomGenerator random) {
        this.writes = writes;
        this.markLeads = markLeads;
        this.endEnrolments = endEnrolments;
        this.setAside = setAside;
        this.outbox = outbox;
        this.metrics = metrics;
        this.config = config;
        this.clock = clock;
        this.random = random;
    }

    ReviewLeads reviews(int stepsAtOnce) {
        EnrolmentConfig cramped = new SmallRyeConfigBuilder()
                .withMapping(EnrolmentConfig.class)
                .withDefaultValue("siaran.sequence.enrolment.batch-size", Integer.toString(config.batchSize()))
                .withDefaultValue("siaran.sequence.enrolment.steps-at-once", Integer.toString(stepsAtOnce))
                .withDefaultValue(
                        "siaran.sequence.enrolment.device-grace",
                        config.deviceGrace().toString())
                .build()
                .getConfigMapping(EnrolmentConfig.class);
        EnrolLeads enrolLeads = new EnrolLeads(outbox, metrics, cramped, clock, random);
        return new ReviewLeads(writes, markLeads, enrolLeads, endEnrolments, setAside, cramped);
    }
}
