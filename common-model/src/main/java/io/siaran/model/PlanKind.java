package io.siaran.model;

/** What a plan is. */
public enum PlanKind implements Wire {
    /** A campaign. */
    CAMPAIGN,
    /** A sequence. */
    SEQUENCE
}
