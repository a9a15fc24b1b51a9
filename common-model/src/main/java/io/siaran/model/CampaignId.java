package io.siaran.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;

/** One campaign; what it sends is told apart by its run as well. */
public record CampaignId(@JsonValue UUID value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CampaignId {
        Objects.requireNonNull(value, "CampaignId");
    }

    /** Reads the canonical text form; throws {@link IllegalArgumentException} on anything else. */
    public static CampaignId of(String text) {
        return new CampaignId(UUID.fromString(text));
    }

    /** For columns and fields that may be empty: null stays null. */
    public static CampaignId orNull(UUID value) {
        return value == null ? null : new CampaignId(value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
