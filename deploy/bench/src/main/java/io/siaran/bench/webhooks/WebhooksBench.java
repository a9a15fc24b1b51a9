package io.siaran.bench.webhooks;

import io.siaran.bench.queue.Report;
import io.siaran.localstack.launcher.Console;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** {@code ./siaran bench webhooks [--webhooks N] [--rate N] [--seconds N] [--events N] [--only hang,kill] [--quick]}. */
public final class WebhooksBench {

    private static final Set<String> PARTS = Set.of("hang", "kill");

    private WebhooksBench() {}

    public static void run(List<String> arguments, Path log) throws Exception {
        Console.logTo(log);
        List<String> rest = new ArrayList<>(arguments);
        boolean quick = rest.remove("--quick");
        int webhooks = number(rest, "--webhooks", quick ? "100" : "1000");
        int rate = number(rest, "--rate", quick ? "100" : "500");
        int seconds = number(rest, "--seconds", quick ? "10" : "60");
        int events = number(rest, "--events", quick ? "2000" : "10000");
        Set<String> only = new TreeSet<>(
                List.of(value(rest, "--only", String.join(",", PARTS)).split(",")));
        if (!rest.isEmpty() || !PARTS.containsAll(only)) {
            throw new IllegalArgumentException(
                    "there are --webhooks N, --rate N, --seconds N, --events N, --only %s, --quick"
                            .formatted(String.join(",", new TreeSet<>(PARTS))));
        }
        Report report = new Report();
        try (Receivers receivers = new Receivers();
                Site site = Site.open()) {
            if (only.contains("hang")) {
                new SomeHang(site, receivers, webhooks).measure(report, rate, seconds);
            }
            if (only.contains("kill")) {
                new KilledService(site, receivers).measure(report, events);
            }
        }
        report.print(System.out);
    }

    private static int number(List<String> arguments, String name, String otherwise) {
        return Integer.parseInt(value(arguments, name, otherwise));
    }

    private static String value(List<String> arguments, String name, String otherwise) {
        int at = arguments.indexOf(name);
        if (at < 0) {
            return otherwise;
        }
        arguments.remove(at);
        return arguments.remove(at);
    }
}
