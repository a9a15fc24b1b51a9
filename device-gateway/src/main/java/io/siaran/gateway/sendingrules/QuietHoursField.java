package io.siaran.gateway.sendingrules;

import io.siaran.gateway.rules.QuietHours;
import io.siaran.rest.Violation;
import io.siaran.rest.ViolationCode;
import io.siaran.rest.Warning;
import io.siaran.rest.WarningCode;
import java.util.List;
import java.util.stream.IntStream;

/** What is wrong, or doubtful, with the field {@code quiet_hours} of a device and of a user's rules. Pure. */
public final class QuietHoursField {

    private static final String NEVER_END =
            "must differ from from; a whole day is from 00:00 until 00:00, and only of days that are named";

    private QuietHoursField() {}

    public static List<Violation> violations(List<QuietHours> hours) {
        return IntStream.range(0, hours.size())
                .filter(i -> hours.get(i).neverEnd())
                .mapToObj(i -> new Violation("quiet_hours[" + i + "].until", NEVER_END, ViolationCode.CONTRADICTION))
                .toList();
    }

    /** @param all that hold together */
    public static List<Warning> warnings(List<QuietHours> all) {
        return QuietHours.coverEveryWeek(all)
                ? List.of(new Warning(
                        WarningCode.ALWAYS_QUIET,
                        "quiet_hours",
                        "together with the sending rules they leave no time to send in any week"))
                : List.of();
    }
}
