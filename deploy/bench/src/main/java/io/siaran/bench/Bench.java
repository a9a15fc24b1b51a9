package io.siaran.bench;

import io.siaran.bench.campaigns.CampaignsBench;
import io.siaran.bench.gateway.GatewayBench;
import io.siaran.bench.queue.QueueBench;
import io.siaran.bench.sequences.SequencesBench;
import io.siaran.bench.text.TextBench;
import io.siaran.bench.webhooks.WebhooksBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** {@code ./siaran bench NAME [OPTIONS]}. */
public final class Bench {

    /** A benchmark: prints what it measures and a table at its end. What others log goes to the file. */
    @FunctionalInterface
    public interface Benchmark {

        void run(List<String> options, Path log) throws Exception;
    }

    private static final Map<String, Benchmark> BENCHMARKS = Map.of(
            "campaigns",
            CampaignsBench::run,
            "gateway",
            GatewayBench::run,
            "queue",
            QueueBench::run,
            "sequences",
            SequencesBench::run,
            "text",
            TextBench::run,
            "webhooks",
            WebhooksBench::run);

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        Benchmark asked = arguments.length == 0 ? null : BENCHMARKS.get(arguments[0]);
        if (asked == null) {
            System.err.println("Which benchmark? "
                    + String.join(", ", BENCHMARKS.keySet().stream().sorted().toList()));
            System.exit(2);
        }
        Path log = log(arguments[0]);
        try {
            asked.run(Arrays.asList(arguments).subList(1, arguments.length), log);
        } finally {
            System.out.printf("%nWhat was logged meanwhile: %s%n", log);
        }
    }

    /** The log of this run; it replaces that of the run before. */
    private static Path log(String benchmark) throws IOException {
        Path log = Path.of(System.getProperty("siaran.repository", "."), "deploy/bench/target", benchmark + ".log")
                .toAbsolutePath()
                .normalize();
        Files.deleteIfExists(log);
        return log;
    }
}
