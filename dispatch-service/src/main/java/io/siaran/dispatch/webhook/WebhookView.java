package io.siaran.dispatch.webhook;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.siaran.model.WireEnum;
import io.siaran.rest.Versioned;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A webhook as REST answers it. */
@Schema(name = "Webhook")
record WebhookView(
        @Schema(description = "names it", example = "01936f2e-0000-7000-8000-0000000000f2")
        UUID id,

        @Schema(description = "where events are posted to", example = "https://crm.example/siaran")
        String url,

        @Schema(description = "the types that it gets; none: all", example = "[\"message.sent\"]")
        List<String> events,

        @Schema(description = "in words for people", nullable = true, example = "CRM, production")
        String description,

        @Schema(description = "whether it gets anything", example = "true")
        boolean enabled,

        @Schema(description = "why not", nullable = true, example = "gone")
        DisabledReason disabledReason,

        @Schema(description = "since when not", nullable = true, example = "2026-11-28T02:00:00Z")
        Instant disabledAt,

        @Schema(description = "failed deliveries since the last one that arrived", example = "0")
        int failures,

        @Schema(description = "since when nothing arrived", nullable = true, example = "2026-11-28T02:00:00Z")
        Instant failingSince,

        @Schema(
                description = "nothing is tried before, as too much failed in a row",
                nullable = true,
                example = "2026-11-28T02:01:00Z")
        Instant restingUntil,

        @Schema(
                description = "until when deliveries are signed with the secret before this one too",
                nullable = true,
                example = "2026-11-29T02:00:00Z")
        Instant oldSecretUntil,

        @Schema(description = "when it was made", example = "2026-11-28T02:00:00Z")
        Instant createdAt,

        @Schema(description = "when its user changed it last", example = "2026-11-28T02:00:00Z")
        Instant updatedAt,

        @Schema(
                description =
                        "what its deliveries are signed with. Only in the answer that made it, and not when that is told again"
                                + " for an Idempotency-Key.",
                nullable = true,
                example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        String secret,

        @JsonIgnore @Schema(hidden = true) int generation,

        @JsonIgnore @Schema(hidden = true) long version)
        implements Versioned {

    static WebhookView of(Row row) {
        String reason = row.getString("disabled_reason");
        return new WebhookView(
                row.getUUID("id"),
                row.getString("url"),
                List.of(row.getArrayOfStrings("events")),
                row.getString("description"),
                row.getBoolean("enabled"),
                reason == null ? null : WireEnum.read(DisabledReason.class, reason),
                instant(row, "disabled_at"),
                row.getInteger("failures"),
                instant(row, "failing_since"),
                instant(row, "resting_until"),
                instant(row, "old_valid_until"),
                instant(row, "created_at"),
                instant(row, "updated_at"),
                null,
                row.getInteger("generation"),
                row.getLong("version"));
    }

    WebhookView with(String shownSecret) {
        return new WebhookView(
                id,
                url,
                events,
                description,
                enabled,
                disabledReason,
                disabledAt,
                failures,
                failingSince,
                restingUntil,
                oldSecretUntil,
                createdAt,
                updatedAt,
                shownSecret,
                generation,
                version);
    }

    /** The body that would change nothing. */
    WebhookBody body() {
        return new WebhookBody(url, events, description, enabled);
    }

    /** Never with the secret: this may be logged. */
    @Override
    public String toString() {
        return "Webhook[" + id + "]";
    }

    private static Instant instant(Row row, String column) {
        return row.getValue(column) == null
                ? null
                : row.getOffsetDateTime(column).toInstant();
    }
}
