package io.siaran.campaign.planning;

import io.siaran.model.MessageId;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where a test message is followed. */
@Schema(name = "CampaignTestMessage")
record TestMessage(
        @Schema(
                implementation = String.class,
                format = "uuid",
                description = "the message: GET /messages/{id} tells what becomes of it",
                example = "01936f2e-0000-8000-8000-0000000000b1")
        MessageId messageId) {}
