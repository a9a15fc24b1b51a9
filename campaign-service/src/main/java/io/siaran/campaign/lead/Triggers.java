package io.siaran.campaign.lead;

import io.siaran.model.Limits;
import io.siaran.model.Tag;
import io.siaran.model.Tags;
import io.siaran.model.TriggerAssignment;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The triggers of one lead, and the number of each one's latest assignment. A number rises only when its trigger goes from
 * absent to present, or when a sequence gives it anew, so that a sequence can tell a trigger that was given again from one
 * that merely stayed.
 *
 * @param tags the triggers that the lead carries
 * @param assignments of every trigger that the lead ever carried, by its folded form
 */
record Triggers(Tags tags, Map<String, Assignment> assignments) {

    static final Triggers NONE = new Triggers(Tags.NONE, Map.of());

    Triggers {
        assignments = Collections.unmodifiableMap(new TreeMap<>(assignments));
    }

    /** The lead carries the triggers of this list from now on, and no others. */
    Triggers rewritten(String list) {
        return rewritten(Tags.of(list));
    }

    /** Nothing changes when it is carried already; throws {@link IllegalArgumentException} beyond what a lead may carry. */
    Triggers with(String trigger) {
        if (carries(trigger)) {
            return this;
        }
        if (tags.list().size() >= Limits.TAGS) {
            throw new IllegalArgumentException("the lead carries " + Limits.TAGS + " triggers already");
        }
        return rewritten(tags.with(trigger));
    }

    /**
     * A new assignment of the trigger, also where it is carried already: what a sequence leads into begins anew. Nothing changes
     * where one is carried that has begun nothing yet. Throws {@link IllegalArgumentException} beyond what a lead may carry.
     *
     * @param usedUpTo the newest assignment that has begun something, or null where that is not known
     */
    Triggers begun(String trigger, Long usedUpTo) {
        if (!carries(trigger)) {
            return with(trigger);
        }
        if (usedUpTo != null && assignments.get(Tag.fold(trigger)).number() > usedUpTo) {
            return this;
        }
        Map<String, Assignment> numbers = new TreeMap<>(assignments);
        numbers.computeIfPresent(
                Tag.fold(trigger), (folded, before) -> before.ended().begun());
        return new Triggers(tags, numbers);
    }

    /** Ends this very assignment; nothing changes when it ended before, or when a newer one is carried. */
    Triggers without(String trigger, long assignment) {
        boolean carried = carries(trigger) && assignments.get(Tag.fold(trigger)).number() == assignment;
        return carried ? rewritten(tags.without(trigger)) : this;
    }

    List<TriggerAssignment> present() {
        return assignments.entrySet().stream()
                .filter(entry -> entry.getValue().present())
                .map(entry ->
                        new TriggerAssignment(entry.getKey(), entry.getValue().number()))
                .toList();
    }

    private Triggers rewritten(Tags next) {
        Map<String, Assignment> numbers = new TreeMap<>(assignments);
        numbers.replaceAll((trigger, before) -> next.contains(trigger) ? before.begun() : before.ended());
        next.folded().forEach(trigger -> numbers.putIfAbsent(trigger, Assignment.FIRST));
        return new Triggers(next, numbers);
    }

    private boolean carries(String trigger) {
        Assignment latest = assignments.get(Tag.fold(trigger));
        return latest != null && latest.present();
    }

    record Assignment(long number, boolean present) {

        static final Assignment FIRST = new Assignment(1, true);

        Assignment begun() {
            return present ? this : new Assignment(number + 1, true);
        }

        Assignment ended() {
            return new Assignment(number, false);
        }
    }
}
