package io.siaran.sequence.enrolment;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Positive;
import java.time.Duration;

/** {@code siaran.sequence.enrolment.*}; the defaults stand in {@code application.properties}. */
@ConfigMapping(prefix = "siaran.sequence.enrolment")
interface EnrolmentConfig {

    /** Leads reviewed in one transaction. */
    @Positive
    int batchSize();

    /** Steps laid out in one transaction; of who has no room then, the review is repeated. One walk always has. */
    @Positive
    int stepsAtOnce();

    /** How long a lead whose device was deleted may be moved to another before it leaves. */
    Duration deviceGrace();
}
