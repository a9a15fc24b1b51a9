package io.siaran.gateway.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.gateway.lane.TurnVerdict.TurnRow;
import io.siaran.model.ReturnReason;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TurnVerdictTest {

    static Stream<Arguments> rows() {
        return Stream.of(
                row("begun", new TurnRow(true, false, "online", true, true, false, false, 0), new TurnVerdict.Begun(5)),
                row(
                        "known, whatever else",
                        new TurnRow(false, true, null, false, false, true, true, 9),
                        new TurnVerdict.Known()),
                row(
                        "no such device",
                        new TurnRow(false, false, null, false, false, false, false, 0),
                        back(ReturnReason.DEVICE_NOT_ONLINE)),
                row(
                        "somebody else's",
                        new TurnRow(false, false, "online", false, true, false, false, 0),
                        back(ReturnReason.WRONG_OWNER)),
                row(
                        "paused",
                        new TurnRow(false, false, "paused", true, false, false, false, 0),
                        back(ReturnReason.DEVICE_NOT_ONLINE)),
                row(
                        "suppressed",
                        new TurnRow(false, false, "online", true, true, true, false, 0),
                        back(ReturnReason.SUPPRESSED)),
                row(
                        "too late",
                        new TurnRow(false, false, "online", true, true, false, true, 0),
                        back(ReturnReason.TOO_LATE)),
                row(
                        "changed",
                        new TurnRow(false, false, "online", true, false, false, false, 9),
                        new TurnVerdict.DeviceChanged()),
                row(
                        "silent",
                        new TurnRow(false, false, "online", true, true, false, false, 9),
                        new TurnVerdict.Wait(Duration.ofMillis(9))),
                row(
                        "begun elsewhere just now",
                        new TurnRow(false, false, "online", true, true, false, false, 0),
                        new TurnVerdict.Known()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void each_row_has_its_verdict(String name, TurnRow row, TurnVerdict verdict) {
        assertThat(TurnVerdict.of(row, 5)).isEqualTo(verdict);
    }

    private static Arguments row(String name, TurnRow row, TurnVerdict verdict) {
        return Arguments.of(name, row, verdict);
    }

    private static TurnVerdict back(ReturnReason reason) {
        return new TurnVerdict.GiveBack(reason);
    }
}
