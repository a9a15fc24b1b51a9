package io.siaran.campaign.person;

import io.siaran.model.Limits;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Whom a request is about. */
@Schema(name = "PersonExportRequest")
record PersonBody(
        @NotNull
        @Schema(
                maxLength = Limits.PHONE,
                description = "the person's phone number in any spelling",
                example = "012-345 6789")
        String phone) {}
