package io.siaran.gateway.rules;

import io.siaran.model.WireEnum;
import java.time.DayOfWeek;

/** A day of the week as people ask for it: {@code monday}. */
public enum Weekday implements WireEnum {
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    THURSDAY,
    FRIDAY,
    SATURDAY,
    SUNDAY;

    static Weekday of(DayOfWeek day) {
        return values()[day.ordinal()];
    }

    Weekday before() {
        return of(DayOfWeek.of(ordinal() + 1).minus(1));
    }
}
