package io.siaran.sequence.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.sql.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PutOffTest {

    private Instant now = Instant.parse("2026-11-29T18:00:00Z");

    private final PutOff<String> putOff = new PutOff<>(
            ((InstantSource) () -> now).withZone(ZoneOffset.UTC),
            new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5)));

    @Test
    void what_fails_again_and_again_is_put_off_twice_as_long_each_time_but_never_longer_than_five_minutes() {
        List<Long> pauses = new ArrayList<>();
        for (int failure = 0; failure < 12; failure++) {
            putOff.add("Merah");
            pauses.add(secondsPutOff("Merah"));
        }

        assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L, 300L, 300L);
    }

    @Test
    void what_did_not_fail_is_not_put_off_and_what_succeeds_begins_anew() {
        // Given
        putOff.add("Merah");
        putOff.add("Merah");

        // When
        putOff.remove("Merah");

        // Then
        assertThat(putOff.has("Merah")).isFalse();
        assertThat(putOff.has("Biru")).isFalse();
        putOff.add("Merah");
        assertThat(secondsPutOff("Merah")).isEqualTo(1);
    }

    @Test
    void what_is_gone_is_forgotten() {
        // Given
        putOff.add("Merah");
        putOff.add("Biru");

        // When
        putOff.keepOnly(Set.of("Biru"));

        // Then
        assertThat(putOff.has("Merah")).isFalse();
        assertThat(putOff.has("Biru")).isTrue();
    }

    /** Until the clock has gone on so far that it is not any more. */
    private long secondsPutOff(String unit) {
        long seconds = 0;
        while (putOff.has(unit)) {
            now = now.plusSeconds(1);
            seconds++;
        }
        return seconds;
    }
}
