package io.siaran.bench.campaigns;

import io.siaran.bench.queue.Report;
import io.siaran.localstack.launcher.Console;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** {@code ./siaran bench campaigns [--leads N] [--only fanout,import,preview,move,tick,due] [--quick]}. */
public final class CampaignsBench {

    private static final Set<String> PARTS = Set.of("fanout", "import", "preview", "move", "tick", "due");

    private CampaignsBench() {}

    public static void run(List<String> arguments, Path log) throws Exception {
        Console.logTo(log);
        List<String> rest = new ArrayList<>(arguments);
        boolean quick = rest.remove("--quick");
        int leads = Integer.parseInt(value(rest, "--leads", quick ? "20000" : "1000000"));
        Set<String> only = new TreeSet<>(
                List.of(value(rest, "--only", String.join(",", PARTS)).split(",")));
        if (!rest.isEmpty() || !PARTS.containsAll(only)) {
            throw new IllegalArgumentException(
                    "there are --leads N, --only %s, --quick".formatted(String.join(",", new TreeSet<>(PARTS))));
        }
        Report report = new Report();
        try (Site site = Site.open()) {
            Leads all = new Leads(site, leads);
            all.store();
            if (only.contains("preview")) {
                new PreviewTime(site, all).measure(report);
            }
            if (only.contains("fanout")) {
                new FanOutSpeed(site, all).measure(report);
            }
            if (only.contains("import")) {
                new ImportSpeed(site, all).measure(report);
            }
            if (only.contains("move")) {
                new OptOutBesideMoves(site, leads / 10).measure(report);
            }
            if (only.contains("tick")) {
                new TriggerTick(site).measureTick(report, quick ? 5_000 : 100_000);
            }
            if (only.contains("due")) {
                new TriggerTick(site).measureDue(report, quick ? 200 : 2_500);
            }
        }
        report.print(System.out);
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
