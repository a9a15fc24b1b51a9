package io.siaran.gateway.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.gateway.rules.QuietHours;
import io.siaran.gateway.rules.SendingRules;
import io.siaran.model.DelayRange;
import io.siaran.model.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PacingTest {

    @Property
    void a_delay_lies_in_its_range_and_is_drawn_once(
            @ForAll @IntRange(max = 3_600) int one, @ForAll @IntRange(max = 3_600) int other, @ForAll long seed) {
        // Given
        DelayRange range = new DelayRange(Math.min(one, other), Math.max(one, other));
        MessageId id = MessageId.random(Instant.EPOCH, new Random(seed));

        // When
        Duration delay = Pacing.draw(range, id, 1);

        // Then
        assertThat(delay).isBetween(Duration.ofSeconds(range.minSeconds()), Duration.ofSeconds(range.maxSeconds()));
        assertThat(Pacing.draw(range, id, 1)).isEqualTo(delay);
    }

    @Example
    void delays_spread_over_the_whole_range() {
        // Given
        DelayRange range = new DelayRange(10, 30);
        Random random = new Random(1);
        int[] seconds = new int[31];

        // When
        for (int i = 0; i < 20_000; i++) {
            MessageId id = MessageId.random(Instant.EPOCH, random);
            seconds[(int) Pacing.draw(range, id, 1).toSeconds()]++;
        }

        // Then
        for (int second = 10; second < 30; second++) {
            assertThat(seconds[second]).isBetween(800, 1_200);
        }
    }

    @Example
    void the_next_try_draws_anew() {
        MessageId id = MessageId.random(Instant.EPOCH, new Random(3));
        assertThat(Pacing.draw(new DelayRange(0, 3_600), id, 1))
                .isNotEqualTo(Pacing.draw(new DelayRange(0, 3_600), id, 2));
    }

    @Example
    void what_is_put_off_until_a_day_comes_back_over_its_first_hours() {
        // Given
        Instant midnight = Instant.parse("2027-11-20T16:00:00Z");

        // When
        List<Instant> back = IntStream.range(0, 1_000)
                .mapToObj(i -> Pacing.spread(MessageId.random(midnight, new Random(i)), rules(), midnight))
                .toList();

        // Then
        assertThat(back).allMatch(at -> !at.isBefore(midnight) && at.isBefore(midnight.plus(Pacing.SPREAD)));
        assertThat(back.stream().filter(at -> at.isBefore(midnight.plus(Pacing.SPREAD.dividedBy(4)))))
                .hasSizeBetween(150, 350);
    }

    @Property(tries = 2)
    void what_is_put_off_until_a_day_of_few_open_hours_comes_back_within_them(
            @ForAll @IntRange(min = 1, max = 2) int hours) {
        // Given
        Instant midnight = Instant.parse("2027-11-20T16:00:00Z");
        Instant nine = Instant.parse("2027-11-21T01:00:00Z");
        Duration open = Duration.ofHours(hours);
        SendingRules rules = rules(new QuietHours(List.of(), LocalTime.of(9 + hours, 0), LocalTime.of(9, 0)));

        // When
        List<Instant> back = IntStream.range(0, 1_000)
                .mapToObj(i -> Pacing.spread(MessageId.random(midnight, new Random(i)), rules, midnight))
                .toList();

        // Then
        assertThat(back).allMatch(at -> !at.isBefore(nine) && at.isBefore(nine.plus(open)));
        assertThat(back.stream().filter(at -> at.isBefore(nine.plus(open.dividedBy(4)))))
                .hasSizeBetween(150, 350);
    }

    private static SendingRules rules(QuietHours... quiet) {
        return new SendingRules(
                ZoneId.of("Asia/Kuala_Lumpur"),
                List.of(quiet),
                Set.of(),
                SendingRules.Caps.NONE,
                Instant.EPOCH,
                List.of());
    }
}
