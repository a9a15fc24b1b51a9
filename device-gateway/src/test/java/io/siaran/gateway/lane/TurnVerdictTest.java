package io.siaran.gateway.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.gateway.lane.TurnVerdict.TurnRow;
import io.siaran.model.DeferReason;
import io.siaran.model.ReturnReason;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TurnVerdictTest {

    private static final Instant NOW = Instant.parse("2026-11-23T02:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-23");
    private static final TurnRow FREE =
            new TurnRow(false, false, "online", true, true, false, false, NOW, null, null, false, 0, false, null, null);

    static Stream<Arguments> rows() {
        return Stream.of(
                row("begun", with("begun", true), new TurnVerdict.Begun(5)),
                row("known, whatever else", with("known", true, "status", null, "own", false), new TurnVerdict.Known()),
                row("no such device", with("status", null, "own", false), back(ReturnReason.DEVICE_NOT_ONLINE)),
                row("somebody else's", with("own", false), back(ReturnReason.WRONG_OWNER)),
                row("paused", with("status", "paused"), back(ReturnReason.DEVICE_NOT_ONLINE)),
                row("suppressed", with("suppressed", true, "outside", true), back(ReturnReason.SUPPRESSED)),
                row("changed", with("current", false, "outside", true), new TurnVerdict.DeviceChanged()),
                row("another hour", with("outside", true, "fullDay", TODAY), new TurnVerdict.OutsideFrame(NOW)),
                row("a full day", with("fullDay", TODAY, "tooLate", true), new TurnVerdict.FullDay(TODAY)),
                row(
                        "a full hour, told before its pause is over",
                        with("hourFreeAt", NOW.plusSeconds(9), "waitMillis", 9L),
                        new TurnVerdict.NotBefore(NOW.plusSeconds(9), DeferReason.HOURLY_CAP)),
                row("too late", with("tooLate", true, "waitMillis", 9L), back(ReturnReason.TOO_LATE)),
                row("silent", with("waitMillis", 9L), new TurnVerdict.Wait(Duration.ofMillis(9))),
                row("the first of its rate", with("newRate", true), new TurnVerdict.FirstWords()),
                row(
                        "a fleet that said enough",
                        with("slowRate", "fleet", "rateFreeAt", NOW),
                        new TurnVerdict.NotBefore(NOW, DeferReason.FLEET_RATE)),
                row(
                        "a user who said enough",
                        with("slowRate", "user:x", "rateFreeAt", NOW),
                        new TurnVerdict.NotBefore(NOW, DeferReason.USER_RATE)),
                row("begun elsewhere just now", FREE, new TurnVerdict.Known()));
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

    /** A row that nothing stands in the way of but this. */
    private static TurnRow with(Object... changes) {
        Map<String, Object> changed = new HashMap<>();
        for (int i = 0; i < changes.length; i += 2) {
            changed.put((String) changes[i], changes[i + 1]);
        }
        try {
            RecordComponent[] parts = TurnRow.class.getRecordComponents();
            Object[] values = new Object[parts.length];
            for (int i = 0; i < parts.length; i++) {
                String name = parts[i].getName();
                values[i] = changed.containsKey(name)
                        ? changed.get(name)
                        : parts[i].getAccessor().invoke(FREE);
            }
            return (TurnRow) TurnRow.class.getDeclaredConstructors()[0].newInstance(values);
        } catch (ReflectiveOperationException bug) {
            throw new IllegalStateException(bug);
        }
    }
}
