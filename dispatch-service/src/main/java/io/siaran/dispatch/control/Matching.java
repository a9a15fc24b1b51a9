package io.siaran.dispatch.control;

import io.siaran.model.MessageState;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a request for an action is about, at a moment.
 *
 * @param messages how many messages have a status that the action changes; null: nobody knows yet
 * @param others how many match besides, by their status
 */
record Matching(Long messages, Map<String, Long> others) {

    /** There are too many to count them while somebody waits. */
    static final Matching TOO_MANY = new Matching(null, Map.of());

    static Matching of(Map<MessageState, Long> matching, Set<MessageState> statuses) {
        return new Matching(
                matching.entrySet().stream()
                        .filter(of -> statuses.contains(of.getKey()))
                        .mapToLong(Map.Entry::getValue)
                        .sum(),
                matching.entrySet().stream()
                        .filter(of -> !statuses.contains(of.getKey()))
                        .collect(Collectors.toMap(of -> of.getKey().wire(), Map.Entry::getValue)));
    }
}
