package io.siaran.localstack.simulator;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;

/**
 * A fault that somebody switched on.
 *
 * @param device the token it strikes; null strikes all
 * @param phones the recipients it strikes; empty strikes all
 * @param probability how often it strikes, 0 to 1; null means always
 * @param count how many times it strikes before it is over; null means until it is cleared
 * @param delayMs the pause of {@link FaultKind#SLOW_BODY}, and before the answer of {@link FaultKind#GATEWAY_TIMEOUT}
 * @param retryAfterSeconds what {@link FaultKind#RATE_LIMITED} asks for
 * @param asDate whether it asks by a date and not by seconds
 * @param delivered whether the phone receives the message, where the kind leaves it open
 */
record Fault(
        FaultKind kind,
        String device,
        Set<String> phones,
        Double probability,
        Integer count,
        long delayMs,
        int retryAfterSeconds,
        boolean asDate,
        boolean delivered) {

    Fault {
        if (kind == null) {
            throw new IllegalArgumentException("kind is missing");
        }
        if (probability != null && !(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability is outside 0 to 1");
        }
        if (count != null && count < 1) {
            throw new IllegalArgumentException("count is below 1");
        }
        phones = phones == null ? Set.of() : Set.copyOf(phones);
    }

    /** The header of that name. */
    String retryAfter() {
        return asDate
                ? DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(retryAfterSeconds))
                : Integer.toString(retryAfterSeconds);
    }

    /** Whether it is meant for the code of this device. */
    boolean hidesCodeOf(String token) {
        return kind == FaultKind.DELAYED_QR && (device == null || device.equals(token));
    }

    /** Whether it is meant for this message. */
    boolean concerns(Message message) {
        return kind != FaultKind.DELAYED_QR
                && (device == null || device.equals(message.device()))
                && (phones.isEmpty() || phones.contains(message.phone()));
    }
}
