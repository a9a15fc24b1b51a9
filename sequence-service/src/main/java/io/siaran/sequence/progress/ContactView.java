package io.siaran.sequence.progress;

import io.siaran.model.ContactId;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.SequenceId;
import io.siaran.model.StepId;
import io.siaran.model.Wire;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;

/**
 * One contact at one step, as REST tells it.
 *
 * @param currentStep where the step stands in the contact's enrolment, from 1
 * @param nextTriggerTime while pending, when it would be sent if all before it were sent on time
 * @param assignedDeviceId the lead's device now
 * @param processingDeviceId the device that the message was given to, or null
 */
record ContactView(
        ContactId id,
        SequenceId sequenceId,
        StepId sequenceStepid,
        LeadId leadId,
        String contactPhone,
        String contactName,
        int currentStep,
        String currentTrigger,
        Instant nextTriggerTime,
        ContactStatus status,
        DeviceId assignedDeviceId,
        DeviceId processingDeviceId) {

    static ContactView of(Row row) {
        return new ContactView(
                new ContactId(row.getUUID("id")),
                new SequenceId(row.getUUID("sequence_id")),
                new StepId(row.getUUID("step_id")),
                new LeadId(row.getUUID("lead_id")),
                row.getString("phone"),
                row.getString("name"),
                row.getInteger("current_step"),
                row.getString("trigger"),
                row.getOffsetDateTime("next_trigger_time").toInstant(),
                Wire.read(ContactStatus.class, row.getString("status")),
                DeviceId.orNull(row.getUUID("device_id")),
                DeviceId.orNull(row.getUUID("processing_device_id")));
    }
}
