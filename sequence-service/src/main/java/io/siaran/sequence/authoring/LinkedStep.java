package io.siaran.sequence.authoring;

/** What of a step decides which one follows it. */
public interface LinkedStep {

    /** Unique within its sequence. */
    String trigger();

    /** The trigger of the step that follows, or of another sequence; null: the next by day. */
    String nextTrigger();

    Integer dayNumber();

    Boolean isEntryPoint();
}
