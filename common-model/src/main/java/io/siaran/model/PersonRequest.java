package io.siaran.model;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What crosses {@code person-requests}, keyed by person: a user asks what is kept of one person, or has it erased. Every service
 * answers, also one that keeps nothing; told again it answers again.
 *
 * @param id names the request for ever
 * @param wish what is asked; a record without it asks what is kept
 * @param leadIds the person's leads, where something is erased: their rows may be without the phone already
 */
public record PersonRequest(
        UUID id, UserId userId, PhoneNumber phone, Instant askedAt, Wish wish, List<LeadId> leadIds) {

    public PersonRequest {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(userId, "user_id");
        Objects.requireNonNull(phone, "phone");
        wish = wish == null ? Wish.EXPORT : wish;
        leadIds = leadIds == null ? List.of() : List.copyOf(leadIds);
    }

    /** What a service is asked to do about the person. */
    public enum Wish implements WireEnum {
        /** To tell what it keeps. */
        EXPORT,
        /** To make unreadable what it keeps, once nothing to the person is under way in it; all but the suppression. */
        ERASE,
        /** The same once more, of what came meanwhile, and the suppression: by now nothing is under way in any service. */
        FORGET
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
