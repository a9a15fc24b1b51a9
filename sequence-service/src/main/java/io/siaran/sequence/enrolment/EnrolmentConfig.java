package io.siaran.sequence.enrolment;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Positive;

/** {@code siaran.sequence.enrolment.*}; the defaults stand in {@code application.properties}. */
@ConfigMapping(prefix = "siaran.sequence.enrolment")
interface EnrolmentConfig {

    /** Leads reviewed in one transaction. */
    @Positive
    int batchSize();
}
