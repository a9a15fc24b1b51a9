package io.siaran.gateway.provider;

import io.siaran.gateway.device.Health;
import io.siaran.model.Limits;
import io.siaran.model.MessageId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** What a platform tells by callback, in our words. Messages of groups and our own are never among it. */
public sealed interface CallbackEvent {

    /**
     * What makes the event one of its kind at its device, however often it is told: with {@link #kind} it is unique. Never
     * longer than {@link Limits#FOREIGN_ID}.
     */
    String id();

    /** {@code receipt.delivered}, {@code inbound}, {@code connection}: at most 40 characters. */
    String kind();

    /**
     * Whether the platform gave it neither an id nor a time, so that its id is made of its words alone: the same words in
     * another minute are another event.
     */
    boolean isTimeless();

    /** When it happened, as the platform says; empty where it does not say or what it says is no time. */
    Optional<Instant> at();

    /**
     * What became of a message that we sent.
     *
     * @param providerMessageId as {@link SendOutcome.Accepted} has it
     * @param ourId our message id, where the platform repeats it
     * @param contact to whom, as far as it says: the chat in which our message is
     * @param detail why it was refused, or null
     */
    record Receipt(
            String providerMessageId,
            Optional<MessageId> ourId,
            Fate fate,
            Contact contact,
            Optional<Instant> at,
            String detail)
            implements CallbackEvent {

        public Receipt {
            bounded(providerMessageId);
            Objects.requireNonNull(fate, "fate");
        }

        public enum Fate {
            /** WhatsApp's server has it: it went out. */
            SENT,
            DELIVERED,
            READ,
            /** The platform took it and could not deliver it after all. */
            REFUSED
        }

        @Override
        public String id() {
            return providerMessageId;
        }

        @Override
        public boolean isTimeless() {
            return false;
        }

        @Override
        public String kind() {
            return switch (fate) {
                case SENT -> "receipt.sent";
                case DELIVERED -> "receipt.delivered";
                case READ -> "receipt.read";
                case REFUSED -> "receipt.refused";
            };
        }
    }

    /**
     * A person wrote to the device.
     *
     * @param from never nobody
     * @param name what the person calls itself, or null
     * @param text empty where it is an image or the like without words
     * @param type as the platform calls it: {@code text}, {@code image}, …
     */
    record Inbound(
            String providerMessageId,
            Contact from,
            String name,
            String text,
            String type,
            Optional<Instant> at,
            boolean isTimeless)
            implements CallbackEvent {

        /** With an id of the platform's own. */
        public Inbound(
                String providerMessageId, Contact from, String name, String text, String type, Optional<Instant> at) {
            this(providerMessageId, from, name, text, type, at, false);
        }

        public Inbound {
            bounded(providerMessageId);
            if (from.isNobody()) {
                throw new IllegalArgumentException("somebody wrote it");
            }
            Objects.requireNonNull(text, "text");
        }

        @Override
        public String id() {
            return providerMessageId;
        }

        @Override
        public String kind() {
            return "inbound";
        }

        @Override
        public String toString() {
            return "Inbound[" + providerMessageId + "]";
        }
    }

    /** The device connected or disconnected. */
    record ConnectionChange(String id, Health health, Optional<Instant> at, boolean isTimeless)
            implements CallbackEvent {

        /** With an id of the platform's own. */
        public ConnectionChange(String id, Health health, Optional<Instant> at) {
            this(id, health, at, false);
        }

        public ConnectionChange {
            bounded(id);
        }

        @Override
        public String kind() {
            return "connection";
        }
    }

    private static void bounded(String id) {
        if (id == null || id.isBlank() || id.length() > Limits.FOREIGN_ID) {
            throw new IllegalArgumentException("an id has 1 to " + Limits.FOREIGN_ID + " characters");
        }
    }
}
