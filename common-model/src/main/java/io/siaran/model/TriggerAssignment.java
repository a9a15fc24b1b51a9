package io.siaran.model;

/** A trigger token on a lead, with the number that rises each time the token goes from absent to present. */
public record TriggerAssignment(String trigger, long assignment) {

    public TriggerAssignment {
        if (trigger == null || trigger.isBlank() || assignment < 1) {
            throw new IllegalArgumentException("a trigger has a name and an assignment from 1");
        }
    }
}
