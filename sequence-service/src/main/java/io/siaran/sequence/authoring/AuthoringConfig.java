package io.siaran.sequence.authoring;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Positive;

/** {@code siaran.sequence.authoring.*}; the defaults stand in {@code application.properties}. */
@ConfigMapping(prefix = "siaran.sequence.authoring")
interface AuthoringConfig {

    /** Bytes of texts of the sequences on one page of a list; then the page ends before its limit. One sequence always has room. */
    @Positive
    long pageBytes();

    /**
     * Removed steps that a sequence keeps, once somebody was inside, for whoever is at one and for reports; an edit that would leave more is
     * refused with 400.
     */
    @Positive
    int mostRemoved();
}
