package io.siaran.dispatch.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.model.DelayRange;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {

    @ParameterizedTest(name = "{0} messages, {1} an hour, {2} a day: {3}")
    @CsvSource({
        "0,   ,    , PT0S",
        "1,   ,    , PT20S",
        "90,  ,    , PT30M",
        "100, 100, , PT33M20S",
        "101, 100, , PT1H20S",
        "500, ,  100, PT96H33M20S",
        "150, 100, 100, PT24H16M40S",
        "5,   0,   0, PT1M40S",
    })
    void so_many_messages_take_so_long(long messages, Integer hourly, Integer daily, Duration expected) {
        assertThat(new Pace(new DelayRange(10, 30), hourly, daily).toSay(messages))
                .isEqualTo(expected);
    }
}
