package io.siaran.dispatch.webhook;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is sent again. */
record Replayed(
        @Schema(description = "so many deliveries wait again, at most 10,000 by one request", example = "42")
        int deliveries) {}
