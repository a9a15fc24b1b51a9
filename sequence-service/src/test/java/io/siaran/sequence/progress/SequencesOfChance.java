package io.siaran.sequence.progress;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.step;
import static io.siaran.sequence.Fitness.with;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Whatever an author may write: steps 1 to 6, of which some are there, in some order and linked somehow, after some waits. */
final class SequencesOfChance {

    /** Where leads enter besides the first step. */
    static final String MIDDLE = "fitness_day3";

    private static final String WARM = "warm";

    private final Random random;

    SequencesOfChance(Random random) {
        this.random = random;
    }

    /** What others may lead into. */
    Map<String, Object> warm() {
        Map<String, Object> first = with(with(step(1), "trigger", WARM), "trigger_delay_hours", 0);
        Map<String, Object> second = with(with(step(2), "trigger", "warm_2"), "trigger_delay_hours", 0);
        return with(with(challenge(1), "steps", List.of(first, second)), "trigger", null);
    }

    Map<String, Object> next(boolean active) {
        Map<String, Object> document = with(challenge(1), "steps", steps());
        document.put("status", active ? "active" : "inactive");
        document.put("allow_reentry", true);
        document.put("one_person", random.nextBoolean() ? "once" : "each");
        document.put("stop_on_reply", random.nextInt(3) == 0);
        document.put("stop_on_status", random.nextInt(3) == 0);
        document.put("on_failure", random.nextInt(3) == 0 ? "stop" : "continue");
        document.put("on_unknown", random.nextInt(3) == 0 ? "stop" : "continue");
        return document;
    }

    private List<Map<String, Object>> steps() {
        List<Map<String, Object>> steps = new ArrayList<>();
        for (int number = 1; number <= 6; number++) {
            if (number == 1 || random.nextInt(4) > 0) {
                steps.add(one(number));
            }
        }
        List<Map<String, Object>> inOrder = new ArrayList<>(steps);
        inOrder.sort(Comparator.comparing(step -> (Integer) step.get("day_number")));
        for (int place = 0; place < inOrder.size(); place++) {
            inOrder.get(place).put("next_trigger", leadsTo(inOrder.subList(place + 1, inOrder.size())));
        }
        return steps;
    }

    private Map<String, Object> one(int number) {
        Map<String, Object> step = step(number);
        step.put("day_number", number == 1 ? 1 : 2 + random.nextInt(5));
        step.put("trigger_delay_hours", number == 1 || random.nextInt(3) == 0 ? 0 : random.nextInt(48));
        step.put("send_at", random.nextInt(5) == 0 ? "09:30" : null);
        step.put("is_entry_point", number == 1 || (step.get("trigger").equals(MIDDLE) && random.nextBoolean()));
        return step;
    }

    /** Nowhere, to one of the steps behind, or into the other sequence. */
    private String leadsTo(List<Map<String, Object>> behind) {
        if (behind.isEmpty()) {
            return random.nextInt(3) == 0 ? WARM : null;
        }
        return random.nextInt(4) == 0
                ? (String) behind.get(random.nextInt(behind.size())).get("trigger")
                : null;
    }
}
