package io.siaran.dispatch.message;

import io.siaran.model.DeliveryEvent.Accepted;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known of a message from the platform, whatever its status.
 *
 * @param taken the tries that the platform took
 * @param refused those of them, and others, that it could not deliver after all
 * @param textKnown whether the text as sent is known
 */
public record Evidence(
        Set<Integer> taken,
        Set<Integer> refused,
        Instant sentAt,
        Instant deliveredAt,
        Instant readAt,
        String providerMessageId,
        boolean textKnown) {

    public static final Evidence NONE = new Evidence(Set.of(), Set.of(), null, null, null, null, false);

    public Evidence {
        taken = Set.copyOf(taken);
        refused = Set.copyOf(refused);
    }

    /** Whether another try than this one went out, as far as is known. */
    boolean wentOutOtherwiseThan(int tryNo) {
        return taken.stream().anyMatch(other -> other != tryNo && !refused.contains(other));
    }

    /** Whether the platform took this try, and not later than that. */
    boolean knows(int tryNo, Instant at) {
        return taken.contains(tryNo) && sentAt != null && !at.isBefore(sentAt);
    }

    boolean lacksTheAnswerOf(Accepted accepted) {
        return (providerMessageId == null && accepted.providerMessageId() != null)
                || (!textKnown && accepted.sentText() != null);
    }

    Evidence with(MessageChange change) {
        return switch (change) {
            case MessageChange.Sent sent -> with(sent);
            case MessageChange.Ended ended -> with(ended);
            case MessageChange.EvidenceAdded added -> with(added);
            case MessageChange.Restarted _ -> new Evidence(taken, refused, null, null, null, null, false);
            case MessageChange.Requeued _, MessageChange.OutcomeUnknown _, MessageChange.Stopped _ -> this;
        };
    }

    /** What the status' own change says comes before what was known. */
    private Evidence with(MessageChange.Sent sent) {
        return new Evidence(
                and(taken, sent.took()),
                without(refused, sent.took()),
                earliest(sent.sentAt()),
                deliveredAt,
                readAt,
                first(sent.providerMessageId(), providerMessageId),
                textKnown || sent.sentText() != null);
    }

    private Evidence with(MessageChange.Ended ended) {
        return new Evidence(
                taken, and(refused, ended.refused()), sentAt, deliveredAt, readAt, providerMessageId, textKnown);
    }

    /** What was known first stays. */
    private Evidence with(MessageChange.EvidenceAdded added) {
        return new Evidence(
                and(taken, added.took()),
                and(without(refused, added.took()), added.refused()),
                earliest(added.sentAt()),
                deliveredAt == null ? added.deliveredAt() : deliveredAt,
                readAt == null ? added.readAt() : readAt,
                first(providerMessageId, added.providerMessageId()),
                textKnown || added.sentText() != null);
    }

    private Instant earliest(Instant at) {
        return sentAt == null || (at != null && at.isBefore(sentAt)) ? at : sentAt;
    }

    private static String first(String one, String other) {
        return one == null ? other : one;
    }

    private static Set<Integer> and(Set<Integer> tries, Integer another) {
        Set<Integer> more = new TreeSet<>(tries);
        if (another != null) {
            more.add(another);
        }
        return more;
    }

    private static Set<Integer> without(Set<Integer> tries, Integer one) {
        Set<Integer> fewer = new TreeSet<>(tries);
        if (one != null) {
            fewer.remove(one);
        }
        return fewer;
    }
}
