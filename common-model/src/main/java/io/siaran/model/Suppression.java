package io.siaran.model;

/** What crosses {@code suppressions}: whether this person may be written to by any device of the user. */
public record Suppression(UserId userId, PhoneNumber phone, String reason, long version, boolean deleted)
        implements Snapshot {

    /** The key of the compacted topic. */
    public String key() {
        return userId + ":" + phone;
    }
}
