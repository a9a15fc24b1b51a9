package io.siaran.model;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What crosses {@code person-answers}, keyed by request: a part of what one service keeps of a person, or how
 * much of it was erased.
 *
 * @param service who answers, by its name
 * @param part from 0; of an erasure 0 is told when nothing is readable but the suppression, and 1 at the end
 * @param last whether no part comes after this one
 * @param facts each a JSON object as text, with its {@code kind}; of an erasure {@code what} and how many {@code rows}
 */
public record PersonAnswer(UUID requestId, UserId userId, String service, int part, boolean last, List<String> facts) {

    public PersonAnswer {
        Objects.requireNonNull(requestId, "request_id");
        Objects.requireNonNull(userId, "user_id");
        Objects.requireNonNull(service, "service");
        facts = facts == null ? List.of() : List.copyOf(facts);
    }

    /** Says which, never what of whom. */
    @Override
    public String toString() {
        return "PersonAnswer[" + requestId + " " + service + " " + part + "]";
    }
}
