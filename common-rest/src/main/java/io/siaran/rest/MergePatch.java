package io.siaran.rest;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The body of a PATCH: a merge patch (RFC 7396) over the body of the PUT, so that a resource has one body type. A resource
 * method takes a {@code @NotNull MergePatch<LeadBody>}, needs no {@code @Valid}, and asks:
 *
 * <pre>{@code LeadBody changed = patch.applyTo(LeadBody.of(lead));}</pre>
 *
 * @param <T> the body of the PUT
 */
public final class MergePatch<T> {

    @Schema(hidden = true)
    private final ObjectNode changes;

    @Schema(hidden = true)
    private final Class<T> type;

    @Schema(hidden = true)
    private final StrictJson json;

    MergePatch(ObjectNode changes, Class<T> type, StrictJson json) {
        this.changes = changes;
        this.type = type;
        this.json = json;
    }

    /**
     * The body of the PUT that would have the same effect, valid by its constraints. A field that is null in the patch is
     * absent from it: one with a default has its default, one that is required is refused.
     *
     * @param current the body of the PUT that would change nothing
     * @throws Refusal (a 400) that names every field that is wrong
     */
    public T applyTo(T current) {
        return json.merged(changes, current, type);
    }

    /** Whether the caller named this field, be it with null. */
    public boolean names(String field) {
        return changes.has(field);
    }

    /** What was sent. */
    @JsonValue
    @Schema(hidden = true)
    ObjectNode changes() {
        return changes;
    }
}
