package io.siaran.gateway.rules;

import io.siaran.model.WireEnum;
import java.util.List;

/** A state or federal territory of Malaysia, by which holidays and days of rest differ. */
public enum State implements WireEnum {
    JOHOR,
    KEDAH,
    KELANTAN,
    KUALA_LUMPUR,
    LABUAN,
    MELAKA,
    NEGERI_SEMBILAN,
    PAHANG,
    PENANG,
    PERAK,
    PERLIS,
    PUTRAJAYA,
    SABAH,
    SARAWAK,
    SELANGOR,
    TERENGGANU;

    /** The two days on which offices rest: Friday and Saturday in three states (Johor left them on 1 January 2025). */
    public List<Weekday> restDays() {
        return switch (this) {
            case KEDAH, KELANTAN, TERENGGANU -> List.of(Weekday.FRIDAY, Weekday.SATURDAY);
            case JOHOR,
                    KUALA_LUMPUR,
                    LABUAN,
                    MELAKA,
                    NEGERI_SEMBILAN,
                    PAHANG,
                    PENANG,
                    PERAK,
                    PERLIS,
                    PUTRAJAYA,
                    SABAH,
                    SARAWAK,
                    SELANGOR -> List.of(Weekday.SATURDAY, Weekday.SUNDAY);
        };
    }
}
