package io.siaran.model;

/** What crosses {@code suppressions}: whether this person may be written to by any device of the user. */
public record Suppression(UserId userId, PhoneNumber phone, String reason, long version, boolean deleted)
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
