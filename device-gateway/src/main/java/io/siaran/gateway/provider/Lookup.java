package io.siaran.gateway.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.model.MessageId;
import io.siaran.model.PhoneNumber;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
     */
    record Sought(MessageId id, PhoneNumber recipient, String text, Instant began) {

        public Sought {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(began, "began");
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
     * Those of them that may be the sought one: ours, of the same text, and not of before its call. Platforms keep whole
     * seconds, so the second in which the call began counts.
     *
     * @param messages in any order
     */
    static Finding match(Iterable<JsonNode> messages, Sought sought, Function<JsonNode, Entry> read) {
        Instant earliest = sought.began().truncatedTo(ChronoUnit.SECONDS);
        List<Entry> alike = new ArrayList<>();
        for (JsonNode message : messages) {
            Entry entry = read.apply(message);
            boolean isSince = entry.at().filter(at -> !at.isBefore(earliest)).isPresent();
            if (isSince
                    && entry.fromMe()
                    && !entry.id().isBlank()
                    && entry.text().equals(sought.text())) {
                alike.add(entry);
            }
        }
        alike.sort(Comparator.comparing(entry -> entry.at().orElse(earliest)));
        return alike.isEmpty()
                ? new Finding.NotFound()
                : new Finding.Sent(alike.stream().map(Entry::id).toList());
    }

    /** What the look-up proves. */
    sealed interface Finding {

        /**
         * The same text went to that person after its call began: it went out, unless all of these are other messages of ours.
         *
         * @param providerMessageIds oldest first; at least one
         */
        record Sent(List<String> providerMessageIds) implements Finding {

            public Sent {
                providerMessageIds = List.copyOf(providerMessageIds);
            }
        }

        /** The platform refused it, and nobody got it. */
        record Refused(SendOutcome refusal) implements Finding {}

        /** It was not found, which proves nothing. */
        record NotFound() implements Finding {}

        /** No answer that can be trusted. */
        record CannotBeAsked(String detail) implements Finding {}
    }
}
