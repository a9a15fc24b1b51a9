package io.siaran.gateway.callback;

import io.siaran.gateway.device.Health;
import io.siaran.gateway.device.RefusalCause;
import io.siaran.gateway.provider.CallbackEvent;
import io.siaran.gateway.provider.Contact;
import io.siaran.model.Limits;
import io.siaran.model.MessageId;
import io.siaran.model.PhoneNumber;
import io.siaran.model.WireEnum;
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

    private static final String CONNECTED = "connected";
    private static final int SECONDS_A_MINUTE = 60;
    private static final int LONGEST_TEXT = 20_000;
    private static final int LONGEST_TYPE = 40;
    private static final int LONGEST_DETAIL = Limits.REASON;
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
        String id = id(event, now);
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
                        storable(reply.name(), Limits.NAME),
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
                        connection(change.health()),
                        null,
                        storable(why(change.health()), LONGEST_DETAIL));
        };
    }

    /** What has no time of its own gets the minute in which it came: told again by then it is the same, later it is not. */
    private static String id(CallbackEvent event, Instant now) {
        if (!event.isTimeless()) {
            return storable(event.id(), Limits.FOREIGN_ID);
        }
        String minute = "@" + now.getEpochSecond() / SECONDS_A_MINUTE;
        return storable(event.id(), Limits.FOREIGN_ID - minute.length()) + minute;
    }

    /** {@link #CONNECTED}, or the cause for which it is not. */
    private static String connection(Health health) {
        return switch (health) {
            case Health.Connected() -> CONNECTED;
            case Health.Refused(RefusalCause cause, String _) -> cause.wire();
            case Health.NotConnected _, Health.CannotBeAsked _ -> RefusalCause.DISCONNECTED.wire();
        };
    }

    private static String why(Health health) {
        return switch (health) {
            case Health.NotConnected(String why) -> why;
            case Health.Refused(RefusalCause _, String why) -> why;
            case Health.Connected _, Health.CannotBeAsked _ -> null;
        };
    }

    /** What {@link #connection} wrote, read again. */
    static Health health(String connection, String why) {
        return connection.equals(CONNECTED)
                ? new Health.Connected()
                : Health.refusal(WireEnum.read(RefusalCause.class, connection), why == null ? "disconnected" : why);
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
