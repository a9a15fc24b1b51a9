package io.siaran.dispatch.control;

import io.siaran.model.MessageState;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of an unknown message: {@code sent} or {@code failed}. */
public record Outcome(
        @NotNull @Schema(description = "sent or failed", example = "sent")
        MessageState outcome) {}
