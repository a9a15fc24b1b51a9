package io.siaran.gateway.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.model.DeferReason;
import io.siaran.sql.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The breaker of one device on a virtual clock: calls follow each other at its pace, but for what holds it. */
class BreakerTest {

    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final double JITTER = 0.2;
    private static final BreakerPolicy POLICY = new BreakerPolicy(3, new Backoff(FIRST, LONGEST), JITTER);
    private static final Instant START = Instant.parse("2026-11-28T02:00:00Z");

    /** A device that calls at its pace as long as nothing holds it. */
    private static final class Device {

        private final Random random;
        private Instant now = START;
        private Breaker breaker = Breaker.CLOSED;
        private final List<Instant> calls = new ArrayList<>();

        private Device(long seed) {
            this.random = new Random(seed);
        }

        private Judgement call(Evidence evidence, Duration pace) {
            calls.add(now);
            Judgement judgement = breaker.judge(evidence, POLICY, random);
            breaker = judgement.after().orElse(breaker);
            now = now.plus(judgement
                    .hold()
                    .map(Judgement.Hold::time)
                    .filter(hold -> hold.compareTo(pace) > 0)
                    .orElse(pace));
            return judgement;
        }
    }

    @Provide
    Arbitrary<List<Evidence>> evidence() {
        return Arbitraries.<Evidence>of(
                        new Evidence.Served(),
                        new Evidence.ContactRefused(),
                        new Evidence.MessageRefused(),
                        new Evidence.Throttled(Duration.ofSeconds(25)),
                        new Evidence.DeviceRefused(),
                        new Evidence.Trouble(),
                        new Evidence.Trouble(),
                        new Evidence.Trouble(),
                        new Evidence.None())
                .list()
                .ofMaxSize(60);
    }

    @Property
    void it_opens_at_the_third_trouble_in_a_row_and_not_before(
            @ForAll("evidence") List<Evidence> story, @ForAll long seed) {
        Device device = new Device(seed);
        int inARow = 0;
        for (Evidence evidence : story) {
            Judgement judgement = device.call(evidence, Duration.ofSeconds(1));
            inARow = switch (evidence) {
                case Evidence.Trouble() -> inARow + 1;
                case Evidence.Throttled _, Evidence.None _ -> inARow;
                default -> 0;
            };
            assertThat(judgement.blamesPlatform()).isEqualTo(evidence instanceof Evidence.Trouble && inARow >= 3);
        }
    }

    @Property
    void each_hold_is_longer_than_the_one_before_until_the_longest(
            @ForAll @IntRange(min = 1, max = 20) int openings, @ForAll long seed) {
        Device device = new Device(seed);
        device.call(new Evidence.Trouble(), Duration.ZERO);
        device.call(new Evidence.Trouble(), Duration.ZERO);
        for (int i = 0; i < openings; i++) {
            Duration hold = device.call(new Evidence.Trouble(), Duration.ZERO)
                    .hold()
                    .orElseThrow()
                    .time();
            Duration least = FIRST.multipliedBy(1L << i);
            Duration bounded = least.compareTo(LONGEST) < 0 ? least : LONGEST;
            assertThat(hold).isBetween(bounded, bounded.plusMillis((long) (bounded.toMillis() * JITTER)));
        }
    }

    @Property
    void what_is_served_closes_it_whatever_came_before(@ForAll("evidence") List<Evidence> story, @ForAll long seed) {
        Device device = new Device(seed);
        story.forEach(evidence -> device.call(evidence, Duration.ofSeconds(1)));

        Judgement judgement = device.call(new Evidence.Served(), Duration.ofSeconds(1));

        assertThat(judgement.serves()).isTrue();
        assertThat(judgement.hold()).isEmpty();
        assertThat(device.breaker).isEqualTo(Breaker.CLOSED);
    }

    @Property
    void an_outage_costs_a_device_few_calls_whatever_its_pace(
            @ForAll @IntRange(min = 0, max = 30) int pace,
            @ForAll @IntRange(min = 1, max = 240) int minutes,
            @ForAll long seed) {
        Device device = new Device(seed);
        Instant end = START.plus(Duration.ofMinutes(minutes));
        while (device.now.isBefore(end)) {
            device.call(new Evidence.Trouble(), Duration.ofSeconds(pace));
        }
        assertThat(device.calls).hasSizeLessThanOrEqualTo(2 + 5 + minutes / 15);
    }

    @Example
    void a_throttle_holds_for_as_long_as_the_platform_asks_and_opens_nothing() {
        Judgement judgement =
                Breaker.CLOSED.judge(new Evidence.Throttled(Duration.ofSeconds(25)), POLICY, new Random(1));

        assertThat(judgement.hold()).contains(new Judgement.Hold(DeferReason.RATE_LIMITED, Duration.ofSeconds(25)));
        assertThat(judgement.after()).contains(Breaker.CLOSED);
        assertThat(judgement.blamesPlatform()).isFalse();
    }

    @Example
    void a_probe_of_its_host_that_fails_is_no_fault_of_its_message() {
        Judgement judgement = new Breaker(0, 0, 0, 0, true).judge(new Evidence.Trouble(), POLICY, new Random(1));

        assertThat(judgement.blamesPlatform()).isTrue();
    }

    @Example
    void a_device_that_is_refused_again_is_held_longer() {
        Breaker once = Breaker.CLOSED
                .judge(new Evidence.DeviceRefused(), POLICY, new Random(1))
                .after()
                .orElseThrow();
        Breaker twice = once.judge(new Evidence.DeviceRefused(), POLICY, new Random(1))
                .after()
                .orElseThrow();

        assertThat(once.refusedFor(POLICY, new Random(1))).isBetween(FIRST, FIRST.plusSeconds(12));
        assertThat(twice.refusedFor(POLICY, new Random(1)))
                .isBetween(FIRST.multipliedBy(2), FIRST.multipliedBy(2).plusSeconds(24));
    }

    @Example
    void contacts_that_are_refused_in_a_row_are_counted_until_one_is_served() {
        Breaker breaker = Breaker.CLOSED;
        for (int i = 0; i < 5; i++) {
            breaker = breaker.judge(new Evidence.ContactRefused(), POLICY, new Random(1))
                    .after()
                    .orElseThrow();
        }
        assertThat(breaker.contactRefusals()).isEqualTo(5);
        assertThat(breaker.judge(new Evidence.Served(), POLICY, new Random(1)).after())
                .contains(Breaker.CLOSED);
    }
}
