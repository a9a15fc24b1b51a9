package io.siaran.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.localstack.Role;
import io.siaran.localstack.launcher.Console;
import io.siaran.localstack.launcher.LocalStack;
import io.siaran.localstack.launcher.StackRefused;
import io.siaran.localstack.launcher.StackSettings;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The two examples: a Black Friday campaign, and the first days of a fitness challenge. */
public final class Demo {

    private final StackSettings settings;
    private final PrintStream out;
    private final String user;
    private final Api api;
    private final Audience audience = new Audience();

    private Demo(StackSettings settings, PrintStream out, String user) {
        this.settings = settings;
        this.out = out;
        this.user = user;
        this.api = new Api(settings.baseUrl(), settings.token(user, Role.ADMIN));
    }

    /** Uses the stack that runs; without one it starts a stack, and ends it afterwards. */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            StackSettings settings = StackSettings.ofThisProcess();
            boolean ran = settings.isRunning();
            if (!ran) {
                start(settings);
            }
            boolean passed = run(settings, ran);
            System.exit(passed ? 0 : 1);
        } catch (StackRefused | DemoFailed failed) {
            System.err.println(failed.getMessage());
            System.exit(1);
        }
    }

    private static void start(StackSettings settings) {
        Console console = new Console(System.out);
        Console.logTo(settings.logs().resolve("launcher.log"));
        LocalStack stack = new LocalStack(settings, true, console::line);
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop"));
        stack.start();
    }

    private static boolean run(StackSettings settings, boolean goesOn) throws InterruptedException {
        // A user of its own for every run: the same demo can be shown again over the same data.
        String run = Long.toString(System.currentTimeMillis() / 1_000, Character.MAX_RADIX);
        Demo demo = new Demo(settings, System.out, "demo-" + run);
        boolean passed = demo.show(run);
        System.out.print(next(settings, demo.user, goesOn));
        return passed;
    }

    private boolean show(String run) throws InterruptedException {
        Fleet fleet = Fleet.register(api, settings.simulatorUrl(), run);
        fleet.awaitOnline(api);
        out.println("\nFour devices are online: three at full speed, and Perlahan, which waits 2 to 4 s each time.");
        Progress progress = new Progress(
                api, fleet, out, System.console() != null && System.console().isTerminal());

        Map<String, Long> expected = new HashMap<>();
        expected.putAll(campaign(fleet, progress));
        expected.putAll(sequence(fleet, progress));

        Phones phones = Phones.read(api, settings.simulatorUrl(), fleet);
        out.println("\nWhat the phones received last from each device:");
        phones.showSamples(out);
        Phones.Verdict verdict = phones.compare(expected);
        long all = expected.values().stream().mapToLong(Long::longValue).sum();
        out.printf("%nMessages expected %d, delivered %d, doubled %d.%n", all, verdict.delivered(), verdict.doubled());
        return verdict.delivered() == all && verdict.doubled() == 0;
    }

    /** @param goesOn whether the stack still runs when this is read */
    static String next(StackSettings settings, String user, boolean goesOn) {
        return """

                Open next%s:
                  %s/
                      the phones: what each of them received
                  %s/docs/campaign/
                      the API; this run's data belongs to the user %s:
                  TOKEN=$(./siaran token --user %s)
                  curl -s -H "Authorization: Bearer $TOKEN" "%s/api/v1/messages?limit=3"
                """.formatted(
                        goesOn ? "" : " (after './siaran up': the stack of this demo ends now)",
                        settings.simulatorUrl(),
                        settings.baseUrl(),
                        user,
                        user,
                        settings.baseUrl());
    }

    /** Answers how many messages each phone should have. */
    private Map<String, Long> campaign(Fleet fleet, Progress progress) throws InterruptedException {
        List<Map<String, String>> leads = audience.shoppers(fleet);
        out.printf("%nBlack Friday Sale: %d customers interested in ecommerce.%n", leads.size());
        api.postAll("/leads", leads);
        JsonNode campaign = api.post("/campaigns", Examples.blackFriday());
        String id = campaign.get("id").asText();
        api.post("/campaigns/" + id + "/trigger", Map.of());
        progress.watch("campaign_id=" + id, messagesBy("device_id", leads, 1));
        return messagesBy("phone", leads, 1);
    }

    /** Answers how many messages each phone should have. */
    private Map<String, Long> sequence(Fleet fleet, Progress progress) throws InterruptedException {
        List<Map<String, String>> leads = audience.challengers(fleet);
        out.printf(
                "%n30 Day Fitness Challenge: %d leads start; its first %d days follow at once here,"
                        + " and its processor looks every 15 s.%n",
                leads.size(), Examples.DAYS_AT_ONCE);
        String id =
                api.post("/sequences", Examples.fitnessChallenge()).get("id").asText();
        api.post("/sequences/" + id + "/activate", Map.of());
        api.postAll("/leads", leads);
        progress.watch("sequence_id=" + id, messagesBy("device_id", leads, Examples.DAYS_AT_ONCE));
        return messagesBy("phone", leads, Examples.DAYS_AT_ONCE);
    }

    private static Map<String, Long> messagesBy(String field, List<Map<String, String>> leads, long messagesEach) {
        return leads.stream()
                .collect(Collectors.groupingBy(lead -> lead.get(field), Collectors.summingLong(_ -> messagesEach)));
    }
}
