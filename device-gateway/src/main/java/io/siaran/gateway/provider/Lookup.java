package io.siaran.gateway.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.model.MessageId;
import io.siaran.model.PhoneNumber;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Asks a platform whether a message whose answer was lost went out. */
public interface Lookup {

    /** Never throws for what the platform or the network does. Waits on the thread. */
    Finding find(ConnectedDevice device, Sought sought);

    /**
     * A message that may have gone out.
     *
     * @param text as it was given to the platform
     * @param began when its call began, by our clock
     * @param known the platform's ids of other messages to that person: the same text of those proves nothing of this one
     */
    record Sought(MessageId id, PhoneNumber recipient, String text, Instant began, Set<String> known) {

        public Sought {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(began, "began");
            known = Set.copyOf(known);
        }

        @Override
        public String toString() {
            return "Sought[" + id + "]";
        }
    }

    /**
     * A message in a chat, as the platform keeps it.
     *
     * @param at empty where it does not say
     */
    record Entry(String id, boolean fromMe, String text, Optional<Instant> at) {}

    /**
     * The first of them that is the sought one: ours, of the same text, and not of before its call. Platforms keep whole
     * seconds, so the second in which the call began counts.
     */
    static Finding match(Iterable<JsonNode> messages, Sought sought, Function<JsonNode, Entry> read) {
        Instant earliest = sought.began().truncatedTo(ChronoUnit.SECONDS);
        for (JsonNode message : messages) {
            Entry entry = read.apply(message);
            boolean isSince = entry.at().filter(at -> !at.isBefore(earliest)).isPresent();
            if (isSince
                    && entry.fromMe()
                    && !entry.id().isBlank()
                    && entry.text().equals(sought.text())
                    && !sought.known().contains(entry.id())) {
                return new Finding.Sent(entry.id());
            }
        }
        return new Finding.NotFound();
    }

    /** What the look-up proves. */
    sealed interface Finding {

        /** It went out: the same text, or our id, to that person, after its call began. */
        record Sent(String providerMessageId) implements Finding {}

        /** It was not found, which proves nothing. */
        record NotFound() implements Finding {}

        /** No answer that can be trusted. */
        record CannotBeAsked(String detail) implements Finding {}
    }
}
