package io.siaran.campaign.lead;

import io.siaran.model.Tag;
import io.siaran.model.Tags;
import io.siaran.model.TriggerAssignment;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The trigger tokens of one lead, and the number of each one's latest assignment. A number rises only when its token goes
 * from absent to present, so that a sequence knows a token that was given again from one that merely stayed.
 *
 * @param asWritten the comma-separated list, as the caller or the last command left it
 * @param assignments of every token that the lead ever carried, case folded
 */
record Triggers(String asWritten, Map<String, Assignment> assignments) {

    static final Triggers NONE = new Triggers("", Map.of());

    Triggers {
        assignments = Collections.unmodifiableMap(new TreeMap<>(assignments));
    }

    /** The lead carries the tokens of this list from now on, and no others. */
    Triggers rewritten(String list) {
        Tags tags = Tags.of(list);
        Map<String, Assignment> next = new TreeMap<>(assignments);
        next.replaceAll((token, before) -> tags.contains(token) ? before.begun() : before.ended());
        tags.folded().forEach(token -> next.putIfAbsent(token, Assignment.FIRST));
        return new Triggers(list, next);
    }

    /** Nothing changes when it is carried already. */
    Triggers with(String token) {
        return carries(token) ? this : rewritten(Tags.of(asWritten).with(token).text());
    }

    /** Ends this very assignment; nothing changes when it ended before, or when a newer one is carried. */
    Triggers without(String token, long assignment) {
        boolean carried = carries(token) && assignments.get(Tag.fold(token)).number() == assignment;
        return carried ? rewritten(Tags.of(asWritten).without(token).text()) : this;
    }

    List<TriggerAssignment> present() {
        return assignments.entrySet().stream()
                .filter(entry -> entry.getValue().present())
                .map(entry ->
                        new TriggerAssignment(entry.getKey(), entry.getValue().number()))
                .toList();
    }

    private boolean carries(String token) {
        Assignment latest = assignments.get(Tag.fold(token));
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
