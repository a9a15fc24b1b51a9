package io.siaran.campaign.progress;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import io.siaran.model.FailureReason;
import io.siaran.model.MessageState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How many messages failed, or were cancelled, for one reason. */
@Schema(name = "CampaignEndReason")
record EndReason(
        @Schema(
                description = "why they ended; other: for a reason that this version has no word for",
                enumeration = {
                    "expired",
                    "contact_rejected",
                    "not_on_whatsapp",
                    "message_rejected",
                    "provider_failed",
                    "media_unavailable",
                    "suppressed",
                    "wrong_owner",
                    "plan_cancelled",
                    "withdrawn",
                    "superseded_run",
                    "sent_in_earlier_run",
                    "device_deleted",
                    "lead_deleted",
                    "cancelled_by_user",
                    "rejected_after_accept",
                    "resolved_as_failed",
                    "other"
                },
                example = "contact_rejected")
        String reason,

        @Schema(
                implementation = String.class,
                description = "the status that it ended them with",
                enumeration = {"failed", "cancelled"},
                example = "failed")
        MessageState status,

        @Schema(description = "how many messages", example = "3")
        long messages) {

    private static final String OTHER = "other";

    /**
     * Whatever is told, the list adds up to both counts: what has no reason here is told by a version before or after this one,
     * and counts as other.
     *
     * @param told messages by the name of a reason on the wire
     */
    static List<EndReason> listed(Map<String, Long> told, long failed, long cancelled) {
        List<EndReason> known = new ArrayList<>();
        for (FailureReason reason : FailureReason.values()) {
            known.add(new EndReason(reason.wire(), reason.status(), told.getOrDefault(reason.wire(), 0L)));
        }
        known.add(new EndReason(OTHER, MessageState.FAILED, failed - sum(known, MessageState.FAILED)));
        known.add(new EndReason(OTHER, MessageState.CANCELLED, cancelled - sum(known, MessageState.CANCELLED)));
        return sorted(known.stream().filter(reason -> reason.messages != 0));
    }

    static List<EndReason> together(List<EndReason> some, List<EndReason> others) {
        return sorted(Stream.concat(some.stream(), others.stream())
                .collect(groupingBy(reason -> reason.withMessages(0), summingLong(EndReason::messages)))
                .entrySet()
                .stream()
                .map(sum -> sum.getKey().withMessages(sum.getValue())));
    }

    /** Columns of a file: one for each reason that there is, whatever happened. */
    static Stream<String> columns() {
        return names().map(name -> "reason_" + name);
    }

    static LongStream cells(List<EndReason> reasons) {
        return names().mapToLong(name -> reasons.stream()
                .filter(reason -> reason.reason.equals(name))
                .mapToLong(EndReason::messages)
                .sum());
    }

    private static Stream<String> names() {
        return Stream.concat(Arrays.stream(FailureReason.values()).map(FailureReason::wire), Stream.of(OTHER));
    }

    private static long sum(List<EndReason> reasons, MessageState status) {
        return reasons.stream()
                .filter(reason -> reason.status == status)
                .mapToLong(EndReason::messages)
                .sum();
    }

    private static List<EndReason> sorted(Stream<EndReason> reasons) {
        return reasons.sorted(Comparator.comparingLong(EndReason::messages)
                        .reversed()
                        .thenComparing(EndReason::reason)
                        .thenComparing(reason -> reason.status().wire()))
                .toList();
    }

    private EndReason withMessages(long counted) {
        return new EndReason(reason, status, counted);
    }
}
