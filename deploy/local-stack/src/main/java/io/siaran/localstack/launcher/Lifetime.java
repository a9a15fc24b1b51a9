package io.siaran.localstack.launcher;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a token is good for, as it is written on a command line: {@code 90s}, {@code 30m}, {@code 12h}, {@code 7d}. */
final class Lifetime {

    private static final Pattern FORM = Pattern.compile("(\\d{1,6})([smhd])");

    private Lifetime() {}

    static Duration parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new StackRefused("--ttl %s is no time: write it like 90s, 30m, 12h or 7d.".formatted(text));
        }
        long amount = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
