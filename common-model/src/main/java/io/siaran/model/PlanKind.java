package io.siaran.model;

/** What a plan is. */
public enum PlanKind implements WireEnum {
    /** A campaign. */
    CAMPAIGN,
    /** A sequence. */
    SEQUENCE
}
