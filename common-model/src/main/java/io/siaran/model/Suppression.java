package io.siaran.model;

import java.time.Instant;

/**
 * What crosses {@code suppressions}: whether this person may be written to by any device of the user.
 *
 * @param reason in words, for people
 * @param decidedAt when it was said, by a reply or an operator, that decided last, to suppress or to lift: what the person said later is
 *     not decided by it; null: an older version told it
 */
public record Suppression(
        UserId userId, PhoneNumber phone, String reason, Instant decidedAt, long version, boolean deleted)
        implements Snapshot {

    /** The key of the compacted topic. */
    public String key() {
        return key(userId, phone);
    }

    /** The one of this person. */
    public static String key(UserId user, PhoneNumber phone) {
        return user + ":" + phone;
    }
}
