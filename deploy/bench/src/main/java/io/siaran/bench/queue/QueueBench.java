package io.siaran.bench.queue;

import io.siaran.localstack.launcher.Console;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;

/** {@code ./siaran bench queue [--messages N] [--only intake,release,depth,big] [--quick]}. */
public final class QueueBench {

    private QueueBench() {}

    public static void run(List<String> arguments, Path log) throws Exception {
        Console.logTo(log);
        Options options = Options.parse(arguments);
        Report report = new Report();
        System.out.println(Arena.settings() + ", " + Runtime.getRuntime().availableProcessors() + " cores");
        try (Arena arena = Arena.open();
                Connection queue = arena.connect("dispatch");
                Connection tasks = arena.connect("scheduler")) {
            Rows rows = new Rows(queue);
            rows.devices();
            rows.months();
            if (options.has("intake")) {
                new Intake(arena, queue).measure(options, report);
            }
            try (InstantGateway gateway = new InstantGateway(arena.kafka())) {
                if (options.has("release")) {
                    new ReleaseAndSettle(arena, rows, gateway, new BareSql(queue), new DbScheduler(arena, tasks))
                            .measure(options, report);
                }
                if (options.has("depth")) {
                    new Depth(arena, rows, gateway).measure(options, report);
                }
                if (options.has("big")) {
                    new BigDevice(rows, gateway).measure(options, report);
                }
            }
        }
        report.print(System.out);
    }
}
