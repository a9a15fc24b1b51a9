package io.siaran.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.gateway.breaker.Breaker;
import io.siaran.gateway.journal.BeginVerdict.VerdictRow;
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

class BeginVerdictTest {

    private static final Instant NOW = Instant.parse("2026-11-23T02:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-23");
    private static final Breaker BREAKER = new Breaker(1, 0, 0, 0, false);
    private static final VerdictRow FREE = new VerdictRow(
            false, false, "online", true, true, false, false, false, NOW, null, null, null, null, false, 0, null, null,
            BREAKER, false, null, null);

    static Stream<Arguments> rows() {
        return Stream.of(
                row("begun", with("begun", true), new BeginVerdict.Begun(5, BREAKER)),
                row(
                        "known, whatever else",
                        with("known", true, "status", null, "own", false),
                        new BeginVerdict.Known()),
                row("no such device", with("status", null, "own", false), back(ReturnReason.DEVICE_NOT_ONLINE)),
                row("somebody else's", with("own", false), back(ReturnReason.WRONG_OWNER)),
                row("paused", with("status", "paused"), back(ReturnReason.DEVICE_NOT_ONLINE)),
                row("suppressed", with("suppressed", true, "outside", true), back(ReturnReason.SUPPRESSED)),
                row("said stop", with("awaitsWord", true, "outside", true), new BeginVerdict.AwaitsWord()),
                row(
                        "said stop, and is suppressed",
                        with("awaitsWord", true, "suppressed", true),
                        back(ReturnReason.SUPPRESSED)),
                row("changed", with("current", false, "outside", true), new BeginVerdict.DeviceChanged()),
                row(
                        "held, whatever the hour",
                        with(
                                "heldUntil",
                                NOW.plusSeconds(9),
                                "holdReason",
                                "platform_trouble",
                                "current",
                                false,
                                "outside",
                                true),
                        new BeginVerdict.Held(NOW.plusSeconds(9), DeferReason.PLATFORM_TROUBLE)),
                row(
                        "held and paused",
                        with("heldUntil", NOW, "holdReason", "rate_limited", "status", "paused"),
                        back(ReturnReason.DEVICE_NOT_ONLINE)),
                row("another hour", with("outside", true, "fullDay", TODAY), new BeginVerdict.OutsideFrame(NOW)),
                row("a full day", with("fullDay", TODAY, "tooLate", true), new BeginVerdict.FullDay(TODAY)),
                row(
                        "no more strangers today",
                        with("fullOfFirsts", TODAY, "hourFreeAt", NOW),
                        new BeginVerdict.FullOfFirstContacts(TODAY)),
                row(
                        "restricted, to a stranger",
                        with("status", "offline", "restrictedUntil", NOW.plusSeconds(9), "current", false),
                        new BeginVerdict.NotBefore(NOW.plusSeconds(9), DeferReason.RESTRICTED)),
                row(
                        "restricted, to a person who opted out",
                        with("status", "offline", "restrictedUntil", NOW.plusSeconds(9), "suppressed", true),
                        back(ReturnReason.SUPPRESSED)),
                row(
                        "a full hour, told before its pause is over",
                        with("hourFreeAt", NOW.plusSeconds(9), "waitMillis", 9L),
                        new BeginVerdict.NotBefore(NOW.plusSeconds(9), DeferReason.HOURLY_CAP)),
                row("too late", with("tooLate", true, "waitMillis", 9L), back(ReturnReason.TOO_LATE)),
                row("silent", with("waitMillis", 9L), new BeginVerdict.Wait(Duration.ofMillis(9))),
                row("the first of its rate", with("newRate", true), new BeginVerdict.NoPacingRow()),
                row(
                        "a fleet that said enough",
                        with("slowRate", "fleet", "rateFreeAt", NOW),
                        new BeginVerdict.NotBefore(NOW, DeferReason.FLEET_RATE)),
                row(
                        "a user who said enough",
                        with("slowRate", "user:x", "rateFreeAt", NOW),
                        new BeginVerdict.NotBefore(NOW, DeferReason.USER_RATE)),
                row("begun elsewhere just now", FREE, new BeginVerdict.Known()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void each_row_has_its_verdict(String name, VerdictRow row, BeginVerdict verdict) {
        assertThat(BeginVerdict.of(row, 5)).isEqualTo(verdict);
    }

    private static Arguments row(String name, VerdictRow row, BeginVerdict verdict) {
        return Arguments.of(name, row, verdict);
    }

    private static BeginVerdict back(ReturnReason reason) {
        return new BeginVerdict.GiveBack(reason);
    }

    /** A row that nothing stands in the way of but this. */
    private static VerdictRow with(Object... changes) {
        Map<String, Object> changed = new HashMap<>();
        for (int i = 0; i < changes.length; i += 2) {
            changed.put((String) changes[i], changes[i + 1]);
        }
        try {
            RecordComponent[] parts = VerdictRow.class.getRecordComponents();
            Object[] values = new Object[parts.length];
            for (int i = 0; i < parts.length; i++) {
                String name = parts[i].getName();
                values[i] = changed.containsKey(name)
                        ? changed.get(name)
                        : parts[i].getAccessor().invoke(FREE);
            }
            return (VerdictRow) VerdictRow.class.getDeclaredConstructors()[0].newInstance(values);
        } catch (ReflectiveOperationException bug) {
            throw new IllegalStateException(bug);
        }
    }
}
