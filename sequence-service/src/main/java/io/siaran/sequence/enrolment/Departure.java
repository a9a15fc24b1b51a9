package io.siaran.sequence.enrolment;

import java.util.UUID;

/** A walk that ends before its last step. */
public record Departure(UUID enrolment, String reason) {}
