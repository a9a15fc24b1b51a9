package io.siaran.bench;

import io.siaran.bench.gateway.GatewayBench;
import io.siaran.bench.queue.QueueBench;
import io.siaran.bench.text.TextBench;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** {@code ./siaran bench NAME [OPTIONS]}. */
public final class Bench {

    /** A benchmark: prints what it measures, a table at its end. */
    @FunctionalInterface
    public interface Benchmark {

        void run(List<String> options) throws Exception;
    }

    private static final Map<String, Benchmark> BENCHMARKS =
            Map.of("gateway", GatewayBench::run, "queue", QueueBench::run, "text", TextBench::run);

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        Benchmark asked = arguments.length == 0 ? null : BENCHMARKS.get(arguments[0]);
        if (asked == null) {
            System.err.println("Which benchmark? "
                    + String.join(", ", BENCHMARKS.keySet().stream().sorted().toList()));
            System.exit(2);
        }
        asked.run(Arrays.asList(arguments).subList(1, arguments.length));
    }
}
