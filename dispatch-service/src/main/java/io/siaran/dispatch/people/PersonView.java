package io.siaran.dispatch.people;

import io.siaran.dispatch.message.MessageView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One person, as a tenant knows it. */
@Schema(name = "Person")
record PersonView(
        @Schema(description = "E.164 digits", example = "60123456789")
        String phone,

        @Schema(description = "whether it must not be written to", example = "false")
        boolean suppressed,

        @Schema(description = "why and since when it must not be; null where it may", nullable = true)
        OptOut optOut,

        @Schema(description = "its leads, at most 100; a lead that was deleted says so")
        List<Lead> leads,

        @Schema(
                description =
                        "what was to be sent to it, planned last first, at most 50: each with its status, why it was not sent, or"
                                + " what it waits for. GET /messages?phone= shows all, GET /messages/{id} the history of one.")
        List<MessageView> messages,

        @Schema(description = "how its leads walked through sequences, newest first, at most 100")
        List<Walk> walks,

        @Schema(description = "what it wrote, newest first, at most 50, kept for 30 days")
        List<Reply> replies) {

    /** That it must not be written to. */
    @Schema(name = "PersonOptOut")
    record OptOut(
            @Schema(description = "in words; null where nobody told", nullable = true, example = "replied STOP")
            String reason,

            @Schema(
                    description = "when it was decided; null where nobody told",
                    nullable = true,
                    example = "2026-11-28T02:00:00Z")
            Instant since) {}

    /** One of its leads. */
    @Schema(name = "PersonLead")
    record Lead(
            @Schema(description = "the lead", example = "01936f2e-0000-7000-8000-0000000000a1")
            UUID leadId,

            @Schema(
                    description = "the device that writes to it",
                    nullable = true,
                    example = "01936f2e-0000-7000-8000-0000000000d1")
            UUID deviceId,

            @Schema(description = "what it is called", nullable = true, example = "Aina")
            String name,

            @Schema(description = "whether it is gone", example = "false")
            boolean deleted) {}

    /** A step of a walk through a sequence. */
    @Schema(name = "PersonWalk")
    record Walk(
            @Schema(description = "through which sequence", example = "01936f2e-0000-7000-8000-0000000000e1")
            UUID sequenceId,

            @Schema(description = "of which lead", example = "01936f2e-0000-7000-8000-0000000000a1")
            UUID leadId,

            @Schema(description = "entered, completed or left", example = "left")
            String what,

            @Schema(description = "why it left", nullable = true, example = "replied")
            String reason,

            @Schema(description = "when", example = "2026-11-28T02:00:00Z")
            Instant at) {}

    /** Something that the person wrote. */
    @Schema(name = "PersonReply")
    record Reply(
            @Schema(description = "as in GET /inbound-messages", example = "01936f2e-0000-7000-8000-0000000000b7")
            UUID id,

            @Schema(description = "to which device", example = "01936f2e-0000-7000-8000-0000000000d1")
            UUID deviceId,

            @Schema(description = "text, image, …", example = "text")
            String type,

            @Schema(description = "empty where it came without words", example = "ok")
            String text,

            @Schema(description = "when it was written", example = "2026-11-28T02:00:00Z")
            Instant at) {}
}
