package io.siaran.model;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * What crosses {@code person-requests}, keyed by person: a user asks what is kept of one person. Every service answers, also
 * one that keeps nothing; told again it answers again.
 *
 * @param id names the request for ever
 */
public record PersonRequest(UUID id, UserId userId, PhoneNumber phone, Instant askedAt) {

    public PersonRequest {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(userId, "user_id");
        Objects.requireNonNull(phone, "phone");
    }

    public String key() {
        return userId + ":" + phone;
    }

    /** Says which, never whom. */
    @Override
    public String toString() {
        return "PersonRequest[" + id + "]";
    }
}
