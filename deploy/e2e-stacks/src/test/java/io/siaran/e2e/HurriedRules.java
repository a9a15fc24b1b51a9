package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules that operators get, for who has no hour: a minute of theirs is a second. Nothing of them is repeated here, only their
 * text is changed: what is waited for ({@code for: 10m} becomes 10s), what is looked back at ({@code [15m]} becomes 15s, and so does {@code offset 15m}), and a limit
 * of seconds ({@code …_seconds) > 120} becomes 2) are a sixtieth. One of records ({@code …_records) > 10000}) is a thousandth. What a
 * bucket counts ({@code le="10.0"}) stays: the services fill it. A rule that services serve only every half minute is
 * hurried less ({@link #LESS_HURRIED}).
 */
final class HurriedRules {

    private static final Map<String, Integer> SECONDS = Map.of("m", 60, "h", 3_600);
    private static final int FASTER = 60;
    private static final int FEWER = 1_000;
    /** Audits of the pace are half a minute apart: where that is half an hour, they are never there. */
    private static final Map<String, Integer> LESS_HURRIED = Map.of("SiaranPacingNotAudited", 15);

    private static final Pattern WAITED_FOR = Pattern.compile("(?m)(?<=^ {8}for: )(\\d+)([mh])$");
    private static final Pattern LOOKED_BACK = Pattern.compile("(?<=\\[|offset )(\\d+)([mh])\\b");
    private static final Pattern LIMIT_OF_SECONDS = Pattern.compile("(?<=_seconds\\) > )\\d+");
    private static final Pattern LIMIT_OF_RECORDS = Pattern.compile("(?<=_records\\) > )\\d+");
    private static final Pattern EACH = Pattern.compile("(?m)(?=^ *- (?:alert|record): )");
    private static final Pattern ALERT = Pattern.compile("(?m)(?<=- alert: )\\w+$");

    private HurriedRules() {}

    /** Writes them into this folder. Gives the names of all alerts. */
    static Set<String> into(Path folder) {
        Set<String> alerts = new TreeSet<>();
        try (Stream<Path> files = Files.list(Prometheus.RULES)) {
            for (Path file : files.filter(each -> each.toString().endsWith("-alerts.yml"))
                    .toList()) {
                String hurried = hurried(Files.readString(file));
                ALERT.matcher(hurried).results().map(MatchResult::group).forEach(alerts::add);
                Files.writeString(folder.resolve(file.getFileName()), hurried);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return alerts;
    }

    private static String hurried(String rules) {
        String all = Stream.of(EACH.split(rules)).map(HurriedRules::hurriedOne).collect(Collectors.joining());
        // A way to write them that is not known here would leave a rule that never comes to its end.
        assertThat(all).doesNotContainPattern("for: \\d+[mh]").doesNotContainPattern("(\\[|offset )\\d+[mh]\\b");
        return all;
    }

    private static String hurriedOne(String rule) {
        Matcher name = ALERT.matcher(rule);
        int faster = name.find() ? LESS_HURRIED.getOrDefault(name.group(), FASTER) : FASTER;
        String waiting = WAITED_FOR.matcher(rule).replaceAll(time -> part(time, faster));
        String looking = LOOKED_BACK.matcher(waiting).replaceAll(time -> part(time, faster));
        String seconds = LIMIT_OF_SECONDS.matcher(looking).replaceAll(limit -> fewer(limit, faster));
        return LIMIT_OF_RECORDS.matcher(seconds).replaceAll(limit -> fewer(limit, FEWER));
    }

    private static String part(MatchResult time, int faster) {
        return Integer.parseInt(time.group(1)) * SECONDS.get(time.group(2)) / faster + "s";
    }

    private static String fewer(MatchResult limit, int of) {
        return Integer.toString(Integer.parseInt(limit.group()) / of);
    }
}
