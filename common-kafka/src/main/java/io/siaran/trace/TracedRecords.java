package io.siaran.trace;

import io.siaran.model.MessageId;
import io.siaran.model.Topic;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which message a record is about. Reads the beginning of its text only: texts and phone numbers stand behind it. */
final class TracedRecords {

    private static final Set<String> ABOUT_MESSAGES = Set.of(
            Topic.BROADCAST_MESSAGES.topicName(),
            Topic.DEVICE_SENDS.topicName(),
            Topic.DELIVERY_EVENTS.topicName(),
            Topic.MESSAGE_STATUS.topicName());

    private static final Pattern BEGINNING =
            Pattern.compile("\\{(?:\"record\": ?\"[a-z_]+\", ?)?\"(?:message_)?id\": ?\"([0-9a-f-]{36})\"");

    private static final Pattern KIND = Pattern.compile("\\{\"record\": ?\"([a-z_]+)\"");

    /** Of an outcome or a receipt by its kind, of the state of a message by its status. */
    private static final Pattern TROUBLE = Pattern.compile("\\{(?:\"record\": ?\"(?:rejected|failed|unknown|refused)\""
            + "|\"message_id\": ?\"[0-9a-f-]{36}\", ?\"version\": ?\\d+, ?\"status\": ?\"(?:failed|unknown)\")");

    private TracedRecords() {}

    /** What kind of record it is, as {@code accepted} or {@code delivered}; empty where its topic has one kind only. */
    static String kindOf(String json) {
        Matcher kind = KIND.matcher(json);
        return kind.lookingAt() ? kind.group(1) : "";
    }

    /** Whether it says that a message was not sent for good, or that nobody knows: what its whole trace is wanted for. */
    static boolean isTrouble(String json) {
        return TROUBLE.matcher(json).lookingAt();
    }

    /** Whether a message comes into being with it. */
    static boolean isPlan(String topic, String json) {
        return topic.equals(Topic.BROADCAST_MESSAGES.topicName())
                && kindOf(json).equals("message");
    }

    /** Empty where it is about none, or about several. */
    static Optional<MessageId> messageIn(String topic, String json) {
        if (json == null || !ABOUT_MESSAGES.contains(topic)) {
            return Optional.empty();
        }
        Matcher beginning = BEGINNING.matcher(json);
        try {
            return beginning.lookingAt() ? Optional.of(MessageId.of(beginning.group(1))) : Optional.empty();
        } catch (IllegalArgumentException noMessageId) {
            return Optional.empty();
        }
    }
}
