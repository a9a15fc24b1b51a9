package io.siaran.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The id of a message: a UUIDv8 of its planned time (48 bits of milliseconds) and its cause (74 bits).
 *
 * <p>The same cause gives the same id, so whoever repeats a step after a crash repeats the id, and every consumer that is
 * idempotent on it sees one message. The time leads so that the queue can be partitioned by range of id, with the id
 * alone as its primary key.
 */
public record MessageId(@JsonValue UUID value) {

    /** Never fed, only copied: to look for its provider each time costs as much as to digest a cause. */
    private static final MessageDigest SHA_256 = newSha256();

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public MessageId {
        Objects.requireNonNull(value, "MessageId");
        if (value.version() != 8) {
            throw new IllegalArgumentException("a message id is a UUIDv8, not " + value);
        }
    }

    /** One lead's copy of one run of a campaign; {@code planned} is the campaign's time, fixed once fan-out begins. */
    public static MessageId ofCampaign(Instant planned, CampaignId campaign, int run, LeadId lead) {
        return ofCause(planned, MessageKind.CAMPAIGN.wire() + ':' + campaign + ':' + run + ':' + lead);
    }

    /** One contact's step; computed once, when the contact row becomes active, and stored with it. */
    public static MessageId ofContact(Instant planned, ContactId contact) {
        return ofCause(planned, MessageKind.STEP.wire() + ':' + contact);
    }

    /** A direct or test message: nothing else has this cause. */
    public static MessageId random(Instant planned, RandomGenerator random) {
        return new MessageId(TimeOrderedId.assemble(planned, 8, random.nextLong(), random.nextLong()));
    }

    /** Reads the canonical text form; throws {@link IllegalArgumentException} on anything that is no message id. */
    public static MessageId of(String text) {
        return new MessageId(UUID.fromString(text));
    }

    /** The planned time that the id begins with, in whole milliseconds. */
    public Instant planned() {
        return Instant.ofEpochMilli(value.getMostSignificantBits() >>> 16);
    }

    @Override
    public String toString() {
        return value.toString();
    }

    private static MessageId ofCause(Instant planned, String cause) {
        ByteBuffer digest = ByteBuffer.wrap(sha256(cause));
        return new MessageId(TimeOrderedId.assemble(planned, 8, digest.getLong(), digest.getLong()));
    }

    private static byte[] sha256(String cause) {
        return anotherSha256().digest(cause.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest anotherSha256() {
        try {
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException notOfTheJdk) {
            throw new IllegalStateException(notOfTheJdk);
        }
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
