package io.siaran.gateway.rules;

import io.siaran.model.WireEnum;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which days are holidays where; the format stands at the head of {@code holidays-my.txt}. */
public final class Holidays {

    private static final Set<String> KINDS = Set.of("fixed", "computed", "expected");

    private final Map<State, Set<LocalDate>> days;

    private Holidays(Map<State, Set<LocalDate>> days) {
        this.days = days;
    }

    /** @throws IllegalArgumentException that names the line which cannot be read */
    public static Holidays read(List<String> lines) {
        Map<State, Set<LocalDate>> days = new EnumMap<>(State.class);
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                try {
                    add(days, line.split("\\s+", 4));
                } catch (RuntimeException unreadable) {
                    throw new IllegalArgumentException("holidays, line " + number + ": " + line, unreadable);
                }
            }
        }
        return new Holidays(days);
    }

    public Set<LocalDate> of(State state) {
        return days.getOrDefault(state, Set.of());
    }

    private static void add(Map<State, Set<LocalDate>> days, String[] fields) {
        if (fields.length != 4 || !KINDS.contains(fields[2])) {
            throw new IllegalArgumentException("DATE WHERE KIND NAME");
        }
        LocalDate day = LocalDate.parse(fields[0]);
        states(fields[1])
                .forEach(state ->
                        days.computeIfAbsent(state, _ -> new HashSet<>()).add(day));
    }

    private static Set<State> states(String where) {
        Set<State> states = EnumSet.noneOf(State.class);
        for (String name : where.split(",", -1)) {
            if (name.equals("*")) {
                states.addAll(EnumSet.allOf(State.class));
            } else if (name.startsWith("-")) {
                states.remove(WireEnum.read(State.class, name.substring(1)));
            } else {
                states.add(WireEnum.read(State.class, name));
            }
        }
        return states;
    }
}
