package io.siaran.gateway.antispam;

import io.siaran.model.template.Template;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One way to greet, and the hours of the day when it fits.
 *
 * @param lastHour inclusive; below the first one it is an hour of the next day
 */
record Greeting(int firstHour, int lastHour, Template words) {

    private static final Pattern WITH_HOURS =
            Pattern.compile("(?<first>[01]?\\d|2[0-3])-(?<last>[01]?\\d|2[0-3])\\s+(?<words>.+)", Pattern.DOTALL);

    /** Reads {@code 05-11 Selamat pagi {{name}},}; words without hours fit the whole day. */
    static Greeting read(String line) {
        Matcher hours = WITH_HOURS.matcher(line);
        return hours.matches()
                ? new Greeting(
                        Integer.parseInt(hours.group("first")),
                        Integer.parseInt(hours.group("last")),
                        Templates.of(hours.group("words")))
                : new Greeting(0, 23, Templates.of(line));
    }

    boolean fits(int hour) {
        return firstHour <= lastHour ? firstHour <= hour && hour <= lastHour : hour >= firstHour || hour <= lastHour;
    }
}
