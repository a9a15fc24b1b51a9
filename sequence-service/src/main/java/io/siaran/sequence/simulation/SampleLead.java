package io.siaran.sequence.simulation;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.siaran.model.Attributes;
import io.siaran.model.DelayRange;
import io.siaran.model.Limits;
import io.siaran.model.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Who walks through the sequence on the virtual clock, from when, and through what device. */
@Schema(name = "SequenceSimulationRequest")
record SampleLead(
        @Schema(description = "The lead's name. Null: somebody without one.", example = "Ani", nullable = true)
        @Size(max = Limits.NAME)
        String name,

        @Schema(description = "The lead's number.", example = "60123456789", nullable = true) @Size(max = 20)
        String phone,

        @Schema(
                description = "The lead's attributes, for the variables of the texts.",
                example = "{\"city\": \"Ipoh\"}",
                nullable = true)
        Attributes attributes,

        @Schema(
                description = "The trigger by which it enters. Null: at the first entry point.",
                example = "fitness_start",
                nullable = true)
        @Pattern(regexp = Tag.ONE, message = Tag.EXPECTED)
        String entryTrigger,

        @Schema(description = "When it enters. Null: now.", example = "2026-11-27T01:00:00Z", nullable = true)
        Instant start,

        @Schema(
                description = "The zone of its device. Null: the sequence's, else the installation's.",
                example = "Asia/Kuala_Lumpur",
                nullable = true)
        ZoneId timeZone,

        @Schema(
                description = "Seconds for which its device waits before each message.",
                example = "20",
                defaultValue = "0")
        @Min(0)
        @Max(DelayRange.LONGEST_SECONDS)
        Integer paceSeconds,

        @Schema(
                description = "Local time of day, HH:MM, from which its device is quiet; both or neither.",
                type = SchemaType.STRING,
                format = "",
                pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$",
                example = "22:00",
                nullable = true)
        @JsonFormat(pattern = "HH:mm")
        LocalTime quietFrom,

        @Schema(
                description = "Local time of day, HH:MM, at which its device goes on.",
                type = SchemaType.STRING,
                format = "",
                pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$",
                example = "08:00",
                nullable = true)
        @JsonFormat(pattern = "HH:mm")
        LocalTime quietUntil) {

    SampleLead {
        entryTrigger = Tag.foldOrNull(entryTrigger);
        paceSeconds = paceSeconds == null ? 0 : paceSeconds;
    }
}
