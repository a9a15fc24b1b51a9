package io.siaran.model;

/** Whether what a plan has queued may be sent. */
public enum PlanStatus implements WireEnum {
    /** It may. */
    ACTIVE,
    /** It waits ({@code plan_paused}); an inactive sequence is paused. */
    PAUSED,
    /** It never will: what is unsent is cancelled. */
    CANCELLED,
    /** Everything was told its outcome. */
    COMPLETED,
    /** It missed its window, or every message was refused. */
    FAILED
}
