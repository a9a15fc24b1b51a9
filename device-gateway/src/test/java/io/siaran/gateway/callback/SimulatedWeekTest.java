package io.siaran.gateway.callback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * A week of 3,000 devices on a virtual clock: who is silent at night, on Sundays or for hours in between, whose people have their
 * phones off, and whose receipts stop one day.
 */
class SimulatedWeekTest {

    private static final int DEVICES = 3_000;
    private static final int MINUTES = 7 * 24 * 60;
    private static final long MINUTE = 60_000;

    /** As {@code siaran.gateway.callback.receipts-within} and {@code receipts-missing} are. */
    private static final long WITHIN = 5 * MINUTE;

    private static final int MISSING = 20;

    /** A device, and when its receipts stop for ever, or never. */
    private record Life(int index, int stopsAt, Integer foundAt, double usual, int falseAlarms, long accepted) {}

    @Test
    void who_falls_silent_is_found_within_half_an_hour_of_its_usual_time_and_nobody_else_is_warned_of() {
        // Given
        List<Life> fleet = new ArrayList<>();

        // When
        for (int i = 0; i < DEVICES; i++) {
            fleet.add(live(i, i % 15 == 0));
        }

        // Then
        List<Life> silent =
                fleet.stream().filter(life -> life.stopsAt() < MINUTES).toList();
        assertThat(silent).hasSize(DEVICES / 15);
        assertThat(silent).allSatisfy(life -> {
            assertThat(life.foundAt()).as("found").isNotNull();
            assertThat(life.foundAt() - life.stopsAt())
                    .as("minutes until it was found, whose receipts usually take %.0f ms", life.usual())
                    .isLessThanOrEqualTo(30 + (int) (life.usual() / MINUTE));
        });
        assertThat(fleet).allSatisfy(life -> assertThat(life.falseAlarms()).isZero());
        assertThat(fleet.stream().mapToLong(Life::accepted).sum())
                .as("messages of the week")
                .isGreaterThan(5_000_000);
    }

    private static Life live(int index, boolean stops) {
        SplittableRandom random = new SplittableRandom(index);
        Person person = new Person(random);
        // In the middle of a working day, so that it goes on sending.
        int stopsAt = stops ? (1 + random.nextInt(5)) * 1_440 + 600 + random.nextInt(120) : Integer.MAX_VALUE;
        int[] receiptsAt = new int[MINUTES];
        long[] tookAt = new long[MINUTES];
        ReceiptHabit habit = null;
        long accepted = 0;
        int falseAlarms = 0;
        Integer foundAt = null;
        for (int minute = 0; minute < MINUTES; minute++) {
            for (int i = person.sends(minute, stops); i > 0; i--) {
                accepted++;
                long took = person.took(minute);
                int at = minute + (int) Math.min(took / MINUTE, MINUTES);
                if (took >= 0 && at < MINUTES) {
                    receiptsAt[at]++;
                    tookAt[at] = took;
                }
            }
            long now = minute * MINUTE + MINUTE / 2;
            if (receiptsAt[minute] > 0 && minute < stopsAt) {
                if (habit == null) {
                    habit = new ReceiptHabit(now, accepted, tookAt[minute]);
                } else {
                    habit.receipt(now, accepted, tookAt[minute]);
                }
            }
            if (habit != null && habit.look(now + MINUTE / 4, accepted, WITHIN, MISSING)) {
                if (minute < stopsAt) {
                    falseAlarms++;
                } else {
                    foundAt = minute;
                }
            }
        }
        return new Life(index, stopsAt, foundAt, habit == null ? 0 : habit.usual, falseAlarms, accepted);
    }

    /** How a device is used, and how quickly its people's phones answer. */
    private static final class Person {

        private final SplittableRandom random;
        private final int opens;
        private final int closes;
        private final double aMinute;
        private final double usual;
        private final double off;
        private final double never;
        private final boolean restsOnSunday;

        private Person(SplittableRandom random) {
            this.random = random;
            this.opens = 7 * 60 + random.nextInt(120);
            this.closes = 19 * 60 + random.nextInt(180);
            this.aMinute = 1.2 + random.nextDouble() * 3;
            // Most phones answer within seconds; a platform that gathers its callbacks takes minutes.
            this.usual = random.nextInt(20) == 0 ? 4 * MINUTE : 2_000 + random.nextInt(40_000);
            this.off = random.nextDouble() * 0.35;
            this.never = random.nextDouble() * 0.25;
            this.restsOnSunday = random.nextBoolean();
        }

        private int sends(int minute, boolean untroubled) {
            int day = minute / 1_440;
            int time = minute % 1_440;
            boolean closed = time < opens || time >= closes || restsOnSunday && day == 6;
            // A lunch break, a campaign that ends, a device that is paused.
            boolean pauses = !untroubled && time / 60 % (5 + opens % 3) == 4;
            if (closed || pauses) {
                return 0;
            }
            return (int) aMinute + (random.nextDouble() < aMinute % 1 ? 1 : 0);
        }

        /** From acceptance to the receipt; negative where none ever comes. Phones that are off answer in the morning. */
        private long took(int minute) {
            double luck = random.nextDouble();
            if (luck < never) {
                return -1;
            }
            if (luck < never + off) {
                return (long) (random.nextDouble() * 14 * 60 * MINUTE);
            }
            return (long) (usual * (0.5 + random.nextDouble() * 2));
        }
    }
}
