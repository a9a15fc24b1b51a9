package io.siaran.gateway.provider;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header {@code Retry-After} (RFC 9110, 10.2.3): seconds, or a date. */
final class RetryAfter {

    /** Nobody is believed who asks for more: a mistake there must not silence a device for a day. */
    static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /** How long to wait from {@code now}; empty where the header is absent or says nothing. Never more than an hour. */
    static Optional<Duration> of(String header, Instant now) {
        String value = header == null ? "" : header.strip();
        return value.matches("[0-9]{1,18}")
                ? Optional.of(bounded(Duration.ofSeconds(Long.parseLong(value))))
                : date(value).map(date -> bounded(Duration.between(now, date)));
    }

    private static Optional<Instant> date(String value) {
        try {
            return Optional.of(ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    private static Duration bounded(Duration asked) {
        return asked.isNegative() ? Duration.ZERO : asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    }
}
