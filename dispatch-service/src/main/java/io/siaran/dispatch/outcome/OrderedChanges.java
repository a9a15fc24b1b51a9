package io.siaran.dispatch.outcome;

import io.siaran.dispatch.message.MessageChange;
import io.siaran.model.MessageId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes in the order of their facts, so that each fact of a message is written by a statement of its own, and told:
 * the n-th round has the n-th change of every message that has so many. A batch seldom has a second round.
 */
final class OrderedChanges {

    private final List<List<MessageChange>> rounds = new ArrayList<>();
    private final Map<MessageId, Integer> places = new HashMap<>();

    void add(MessageChange change) {
        int place = places.merge(change.id(), 1, Integer::sum);
        if (rounds.size() < place) {
            rounds.add(new ArrayList<>());
        }
        rounds.get(place - 1).add(change);
    }

    List<List<MessageChange>> inOrder() {
        return rounds;
    }
}
