package io.siaran.sequence.progress;

import io.siaran.model.ContactId;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.SequenceId;
import io.siaran.model.StepId;
import io.siaran.model.WireEnum;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One contact at one step, as REST answers it. */
record ContactView(
        @Schema(
                description = "Its id; the step's message carries it.",
                example = "01934b5e-7c11-7d3a-9f5e-2a8f1c0b9d4a")
        ContactId id,

        @Schema(description = "The sequence.", example = "01934b5e-7c11-7d3a-9f5e-2a8f1c0b9d47")
        SequenceId sequenceId,

        @Schema(description = "The step.", example = "01934b5e-7c11-7d3a-9f5e-2a8f1c0b9d48")
        StepId sequenceStepid,

        @Schema(description = "The lead.", example = "01934b5e-7c11-7d3a-9f5e-2a8f1c0b9d4b")
        LeadId leadId,

        @Schema(description = "The lead's number now, as E.164 digits.", example = "60123456789", nullable = true)
        String contactPhone,

        @Schema(description = "The lead's name now.", example = "Ani D'Cruz", nullable = true)
        String contactName,

        @Schema(description = "Where the step stands in the contact's enrolment, from 1.", example = "1")
        int currentStep,

        @Schema(description = "The trigger of the step.", example = "fitness_day1")
        String currentTrigger,

        @Schema(
                description = "When the step is due. While it is pending: when it would be due if every step before it"
                        + " were sent on time.",
                example = "2026-11-27T01:00:00Z")
        Instant nextTriggerTime,

        @Schema(description = "Where the contact is at this step.", example = "active")
        ContactStatus status,

        @Schema(
                description = "The lead's device now.",
                example = "01934b5e-7c11-7d3a-9f5e-2a8f1c0b9d49",
                nullable = true)
        DeviceId assignedDeviceId,

        @Schema(
                description = "The device that the step's message was given to; null before.",
                example = "01934b5e-7c11-7d3a-9f5e-2a8f1c0b9d49",
                nullable = true)
        DeviceId processingDeviceId) {

    static ContactView of(Row row, Instant dueAt) {
        return new ContactView(
                new ContactId(row.getUUID("id")),
                new SequenceId(row.getUUID("sequence_id")),
                new StepId(row.getUUID("step_id")),
                new LeadId(row.getUUID("lead_id")),
                row.getString("phone"),
                row.getString("name"),
                row.getInteger("current_step"),
                row.getString("trigger"),
                dueAt,
                WireEnum.read(ContactStatus.class, row.getString("status")),
                DeviceId.orNull(row.getUUID("device_id")),
                DeviceId.orNull(row.getUUID("processing_device_id")));
    }
}
