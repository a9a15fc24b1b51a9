package io.siaran.dispatch.event;

import io.siaran.rest.Refusal;
import io.siaran.rest.Violation;
import io.siaran.rest.ViolationCode;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The types of events, as they are written; {@code R__events.sql} makes them. */
public final class EventType {

    /** Of a webhook that was asked to show that it works; no fact, and in no stream. */
    public static final String TEST = "webhook.test";

    private static final Set<String> ALL = Set.of(
            "message.sent",
            "message.delivered",
            "message.read",
            "message.failed",
            "message.unknown",
            "message.cancelled",
            "message.received",
            "campaign.triggered",
            "campaign.completed",
            "campaign.failed",
            "sequence.entered",
            "sequence.completed",
            "sequence.left",
            "lead.opted_out",
            "device.online",
            "device.offline",
            "device.paused",
            "device.restricted",
            "device.banned",
            "import.completed",
            "webhook.disabled");

    private EventType() {}

    /**
     * @param field how the caller calls the list
     * @throws Refusal (a 400) that names each that is none
     */
    public static void requireKnown(String field, List<String> types) {
        List<Violation> wrong = IntStream.range(0, types.size())
                .filter(i -> !ALL.contains(types.get(i)))
                .mapToObj(i -> new Violation(
                        field + "[" + i + "]",
                        "must be one of " + ALL.stream().sorted().toList(),
                        ViolationCode.NOT_ONE_OF))
                .toList();
        if (!wrong.isEmpty()) {
            throw Refusal.invalid(wrong);
        }
    }
}
