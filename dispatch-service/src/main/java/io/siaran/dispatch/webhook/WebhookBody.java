package io.siaran.dispatch.webhook;

import io.siaran.dispatch.event.EventType;
import io.siaran.model.Limits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A webhook as its user wants it. */
@Schema(name = "WebhookBody")
record WebhookBody(
        @Schema(
                description = "where events are posted to: http or https, not into an internal network",
                required = true,
                example = "https://crm.example/siaran")
        @NotBlank
        @Size(max = Limits.URL)
        String url,

        @Schema(
                description = "the types that it gets; none or absent: all",
                nullable = true,
                example = "[\"message.sent\", \"message.failed\"]")
        @Size(max = 30)
        List<String> events,

        @Schema(description = "in words for people", nullable = true, example = "CRM, production") @Size(max = 500)
        String description,

        @Schema(
                description = "false: nothing is sent, and what happens meanwhile is not sent later",
                defaultValue = "true",
                example = "true")
        Boolean enabled) {

    WebhookBody {
        events = events == null ? List.of() : events.stream().distinct().toList();
        enabled = enabled == null || enabled;
    }

    /** For what is kept for ever: a query may hold a secret of the receiver. */
    WebhookBody withoutQuery() {
        return new WebhookBody(url.split("\\?", 2)[0], events, description, enabled);
    }

    /** Throws {@link io.siaran.rest.Refusal} (a 400) for a type that there is not. */
    void requireKnownEvents() {
        EventType.requireKnown("events", events);
    }
}
