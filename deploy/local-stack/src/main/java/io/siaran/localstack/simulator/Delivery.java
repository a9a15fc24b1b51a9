package io.siaran.localstack.simulator;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * One message as a phone received it.
 *
 * @param seq position in the ledger, from 1
 * @param device the token of the device that sent it
 * @param mediaUrl the image, or null for a text
 * @param messageId the platform's id of it; null in a ledger of before
 * @param refId the client's own id of the message, or null when it gave none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Delivery(
        long seq,
        Instant at,
        String platform,
        String device,
        String phone,
        String text,
        String mediaUrl,
        String refId,
        String messageId) {}
