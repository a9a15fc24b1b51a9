package io.siaran.dispatch.webhook;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The event that was made to test a webhook. */
record Tested(
        @Schema(
                description = "of the event webhook.test; GET …/deliveries says what became of it",
                example = "01936f2e-0000-7000-8000-0000000000f1")
        UUID eventId) {}
