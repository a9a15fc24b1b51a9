package io.siaran.gateway.callback;

import io.siaran.gateway.device.Health;
import io.siaran.gateway.provider.CallbackEvent;
import io.siaran.gateway.provider.Contact;
import io.siaran.model.MessageId;
import io.siaran.model.PhoneNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a platform told, as a row of the inbox. Whatever it says, the row can be stored: texts are cut and without the
 * characters that PostgreSQL refuses, times are near now.
 */
record InboxEvent(
        String id,
        String kind,
        String purpose,
        Instant at,
        UUID ourId,
        String phone,
        String lid,
        String name,
        String type,
        String text,
        String detail) {

    private static final int LONGEST_TEXT = 20_000;
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_TYPE = 40;
    private static final int LONGEST_DETAIL = 500;
    private static final int MISSING = 0xFFFD;

    /** What is older was held back for so long that its time tells nothing. */
    private static final Duration OLDEST = Duration.ofDays(60);

    private static final Duration FASTEST_CLOCK = Duration.ofMinutes(5);

    /** The rows of one callback: what it tells twice is one row that knows what both tell. */
    static List<InboxEvent> of(Collection<CallbackEvent> events, Instant now) {
        Map<String, InboxEvent> rows = new LinkedHashMap<>();
        for (CallbackEvent event : events) {
            InboxEvent row = of(event, now);
            rows.merge(row.kind + " " + row.id, row, InboxEvent::and);
        }
        return List.copyOf(rows.values());
    }

    private static InboxEvent of(CallbackEvent event, Instant now) {
        Instant at = near(now, event.at().orElse(now));
        String id = storable(event.id(), 255);
        return switch (event) {
            case CallbackEvent.Receipt receipt -> {
                Contact contact = receipt.contact();
                yield new InboxEvent(
                        id,
                        receipt.kind(),
                        "receipt",
                        at,
                        receipt.ourId().map(MessageId::value).orElse(null),
                        phone(contact),
                        contact.lid().orElse(null),
                        null,
                        null,
                        null,
                        storable(receipt.detail(), LONGEST_DETAIL));
            }
            case CallbackEvent.Inbound reply ->
                new InboxEvent(
                        id,
                        reply.kind(),
                        "reply",
                        at,
                        null,
                        phone(reply.from()),
                        reply.from().lid().orElse(null),
                        storable(reply.name(), LONGEST_NAME),
                        type(reply.type()),
                        storable(reply.text(), LONGEST_TEXT),
                        null);
            case CallbackEvent.ConnectionChange change ->
                new InboxEvent(
                        id,
                        change.kind(),
                        "connection",
                        at,
                        null,
                        null,
                        null,
                        null,
                        change.health() instanceof Health.Connected ? "connected" : "disconnected",
                        null,
                        change.health() instanceof Health.NotConnected(String why)
                                ? storable(why, LONGEST_DETAIL)
                                : null);
        };
    }

    private InboxEvent and(InboxEvent other) {
        return new InboxEvent(
                id,
                kind,
                purpose,
                at,
                ourId == null ? other.ourId : ourId,
                phone == null ? other.phone : phone,
                lid == null ? other.lid : lid,
                name,
                type,
                text,
                detail);
    }

    private static String phone(Contact contact) {
        return contact.phone().map(PhoneNumber::digits).orElse(null);
    }

    private static Instant near(Instant now, Instant told) {
        boolean plausible = told.isAfter(now.minus(OLDEST)) && told.isBefore(now.plus(FASTEST_CLOCK));
        return plausible ? told : now;
    }

    /** Cut between two characters; what cannot be stored, zeros and halves of pairs, is shown to be missing. */
    private static String storable(String text, int longest) {
        if (text == null) {
            return null;
        }
        StringBuilder kept = new StringBuilder(Math.min(text.length(), longest));
        text.codePoints()
                .limit(longest)
                .map(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? MISSING : c)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    /** What a platform does not name is a text. */
    private static String type(String type) {
        return type == null || type.isBlank() ? "text" : storable(type, LONGEST_TYPE);
    }
}
