package io.siaran.sequence.enrolment;

import java.util.UUID;

/** An enrolment that ends before its last step. */
public record Exit(UUID enrolment, LeftReason reason) {}
