package io.siaran.gateway.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.model.DelayRange;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HealthScoreTest {

    private static final HealthFacts WELL =
            new HealthFacts(DeviceCondition.ONLINE, false, false, 0, 100, 20, 2, 2, 15, 90, true, 10);

    static Stream<Arguments> facts() {
        return Stream.of(
                Arguments.of("well", WELL, 100, 1, List.of()),
                Arguments.of("blocked", on(DeviceCondition.BANNED), 0, 4, List.of(HealthFinding.BANNED)),
                Arguments.of("restricted", on(DeviceCondition.RESTRICTED), 50, 2, List.of(HealthFinding.RESTRICTED)),
                Arguments.of("not served", on(DeviceCondition.REFUSED), 60, 2, List.of(HealthFinding.REFUSED)),
                Arguments.of("paused", on(DeviceCondition.PAUSED), 100, 1, List.of()),
                Arguments.of(
                        "silent and answered by nobody",
                        new HealthFacts(DeviceCondition.ONLINE, false, true, 0, 100, 0, 0, 0, 1, 90, true, 10),
                        45,
                        4,
                        List.of(HealthFinding.RECEIPTS_STOPPED, HealthFinding.NOBODY_ANSWERS)),
                Arguments.of(
                        "refused by many of few",
                        new HealthFacts(DeviceCondition.ONLINE, false, false, 0, 19, 0, 0, 9, 15, 90, true, 10),
                        100,
                        1,
                        List.of()),
                Arguments.of(
                        "refused by many of enough, and failing",
                        new HealthFacts(DeviceCondition.ONLINE, false, false, 0, 20, 0, 3, 3, 15, 90, true, 10),
                        65,
                        2,
                        List.of(HealthFinding.CONTACTS_REFUSED, HealthFinding.CALLS_FAIL)),
                Arguments.of(
                        "young, fast and uncapped",
                        new HealthFacts(DeviceCondition.ONLINE, true, false, 0, 10, 0, 0, 0, 0, 3, false, 1),
                        75,
                        2,
                        List.of(HealthFinding.YOUNG, HealthFinding.FAST, HealthFinding.UNREACHABLE)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("facts")
    void what_is_known_of_a_device_is_its_health(
            String name, HealthFacts facts, int points, int factor, List<HealthFinding> findings) {
        // When
        HealthScore score = HealthScore.of(facts);

        // Then
        assertThat(score.points()).isEqualTo(points);
        assertThat(score.suggestedFactor()).isEqualTo(factor);
        assertThat(score.findings()).containsExactlyElementsOf(findings);
        assertThat(HealthView.of(score, new DelayRange(10, 2_000)).suggestedMaxDelaySeconds())
                .isEqualTo(Math.min(2_000 * factor, 3_600));
    }

    @Test
    void pauses_are_stretched_at_once_and_let_go_only_when_the_device_is_well_again() {
        HealthScore poor = new HealthScore(45, List.of());
        HealthScore doubtful = new HealthScore(75, List.of());
        HealthScore better = new HealthScore(85, List.of());

        assertThat(poor.nextFactor(1)).isEqualTo(4);
        assertThat(doubtful.nextFactor(1)).isEqualTo(2);
        assertThat(doubtful.nextFactor(4)).as("not well yet").isEqualTo(4);
        assertThat(better.nextFactor(2)).as("not well yet").isEqualTo(2);
        assertThat(better.nextFactor(1)).isEqualTo(1);
        assertThat(new HealthScore(90, List.of()).nextFactor(4)).isEqualTo(1);
    }

    @Test
    void what_no_slowness_mends_keeps_no_device_slow() {
        HealthScore youngAndFast = new HealthScore(80, List.of(HealthFinding.YOUNG, HealthFinding.FAST));
        HealthScore young = new HealthScore(85, List.of(HealthFinding.YOUNG, HealthFinding.UNREACHABLE));
        HealthScore all =
                new HealthScore(75, List.of(HealthFinding.YOUNG, HealthFinding.FAST, HealthFinding.UNREACHABLE));

        assertThat(youngAndFast.nextFactor(4)).isEqualTo(1);
        assertThat(young.nextFactor(2)).isEqualTo(1);
        assertThat(all.nextFactor(1)).isEqualTo(2);
        assertThat(all.nextFactor(2)).as("no to and fro").isEqualTo(2);
    }

    @Test
    void a_pace_without_pauses_is_stretched_too() {
        assertThat(new DelayRange(0, 0).stretched(4)).isEqualTo(new DelayRange(4, 4));
        assertThat(new DelayRange(0, 0).stretched(1)).isEqualTo(new DelayRange(0, 0));
        assertThat(new DelayRange(10, 2_000).stretched(2)).isEqualTo(new DelayRange(20, 3_600));
    }

    private static HealthFacts on(DeviceCondition condition) {
        return new HealthFacts(condition, false, false, 0, 100, 20, 2, 2, 15, 90, true, 10);
    }
}
