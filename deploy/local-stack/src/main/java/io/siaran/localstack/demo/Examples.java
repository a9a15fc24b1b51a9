package io.siaran.localstack.demo;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The two examples of the architecture as a CRM would send them. */
final class Examples {

    /** Steps without a wait, so that a demo need not last 30 days. */
    static final int DAYS_AT_ONCE = 3;

    private static final ZoneId ZONE = ZoneId.of("Asia/Kuala_Lumpur");

    private Examples() {}

    /** Planned for tomorrow: the demo triggers it by hand. */
    static Map<String, Object> blackFriday() {
        return Map.of(
                "title", "Black Friday Sale",
                "message", "50% off everything today only!",
                "niche", "ecommerce",
                "target_status", "customer",
                "campaign_date", LocalDate.now(ZONE).plusDays(1).toString(),
                "time_schedule", "10:00",
                "time_zone", ZONE.getId());
    }

    static Map<String, Object> fitnessChallenge() {
        return Map.of(
                "name", "30 Day Fitness Challenge",
                "niche", "fitness",
                "trigger", "fitness_start",
                "target_status", "all",
                "time_zone", ZONE.getId(),
                "steps",
                        List.of(
                                step(
                                        1,
                                        2,
                                        0,
                                        "Welcome to the 30 Day Fitness Challenge! Day 1: drink water, sleep early."),
                                step(
                                        2,
                                        3,
                                        0,
                                        "Day 2: your first workout. 10 squats, 10 push-ups, 10 minutes of walking."),
                                step(3, 15, 0, "Day 3: nutrition tips. Half of your plate is vegetables."),
                                step(15, 30, 288, "Day 15: halfway. Look at your first day's notes!"),
                                step(30, 0, 360, "Day 30: congratulations, you did it!")));
    }

    private static Map<String, Object> step(int day, int nextDay, int hours, String content) {
        Map<String, Object> step = new LinkedHashMap<>();
        step.put("day_number", day);
        step.put("trigger", "fitness_day" + day);
        step.put("next_trigger", nextDay == 0 ? null : "fitness_day" + nextDay);
        step.put("trigger_delay_hours", hours);
        step.put("is_entry_point", day == 1);
        step.put("message_type", "text");
        step.put("content", content);
        return step;
    }
}
