package io.siaran.bench.text;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** {@code ./siaran bench text [--quick]}: one thread, so that texts a second are texts a second and core. */
public final class TextBench {

    private static final String BAR_FOR = "prepare";
    private static final double BAR = 50_000;

    private TextBench() {}

    public static void run(List<String> options, Path log) throws RunnerException {
        Collection<RunResult> results =
                new Runner(measurement(options.contains("--quick"), log).build()).run();
        System.out.printf("%n%-12s %14s %12s %10s  %s%n", "", "texts/s/core", "+-", "bar", "");
        results.forEach(TextBench::print);
    }

    private static ChainedOptionsBuilder measurement(boolean quick, Path log) {
        return new OptionsBuilder()
                .include(PrepareText.class.getName())
                .threads(1)
                .forks(1)
                .warmupIterations(quick ? 2 : 5)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(quick ? 3 : 10)
                .measurementTime(TimeValue.seconds(quick ? 1 : 2))
                // JMH tells of every iteration.
                .output(log.toString())
                .verbosity(VerboseMode.NORMAL);
    }

    private static void print(RunResult run) {
        Result<?> result = run.getPrimaryResult();
        boolean hasBar = result.getLabel().equals(BAR_FOR);
        System.out.printf(
                "%-12s %,14.0f %,12.0f %10s  %s%n",
                result.getLabel(),
                result.getScore(),
                result.getScoreError(),
                hasBar ? "%,.0f".formatted(BAR) : "",
                verdict(hasBar, result.getScore()));
    }

    private static String verdict(boolean hasBar, double score) {
        if (!hasBar) {
            return "";
        }
        return score >= BAR ? "held" : "MISSED";
    }
}
