package io.siaran.localstack.launcher;

import io.siaran.localstack.LocalPostgres;
import io.siaran.localstack.ProcessIdentity;
import io.siaran.localstack.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import sun.misc.Signal;

/** The commands of {@code ./siaran} that need the stack: {@code up, down, status, reset, token, dead-letters, reseal-credentials}. */
public final class Launcher {

    /** The services end first, at once; then the bridge, within 30 s, and the servers. */
    private static final Duration STOP_LIMIT = longestOfServices().plus(Duration.ofSeconds(60));

    /** Who starts it for a moment learns nothing, and whoever tries it at once has the cores to himself. */
    private static final Duration LEARN_AFTER = Duration.ofMinutes(2);

    /** As a shell tells it, and the JVM without a handler. */
    private static final int INTERRUPTED = 130;

    private final StackSettings settings;
    private final RunDirectory records;
    private volatile boolean stopping;
    private final Console console = new Console(System.out);

    private Launcher(StackSettings settings) {
        this.settings = settings;
        this.records = new RunDirectory(settings.home());
    }

    public static void main(String[] arguments) throws InterruptedException {
        List<String> words = List.of(arguments);
        try {
            new Launcher(StackSettings.ofThisProcess()).run(words.getFirst(), words.subList(1, words.size()));
        } catch (StackRefused | IllegalArgumentException refused) {
            System.err.println(refused.getMessage());
            System.exit(1);
        }
    }

    private void run(String command, List<String> words) throws InterruptedException {
        switch (command) {
            case "up" -> up(Arguments.parse(words, Set.of("--replicas")));
            case "down" -> down();
            case "status" -> status();
            case "reset" -> reset();
            case "learn" -> learn();
            case "token" -> token(Arguments.parse(words, Set.of("--user", "--role", "--ttl")));
            case "dead-letters" -> System.exit(new DeadLettersCommand(settings).run(words));
            case "reseal-credentials" -> System.exit(new ResealCommand(settings).run());
            default -> throw new StackRefused("Unknown command " + command + ".");
        }
    }

    private void up(Arguments options) throws InterruptedException {
        StackSettings wanted = options.find("--replicas")
                .map(words -> settings.with(Replicas.parse(words)))
                .orElse(settings);
        new Home(settings.home()).makePrivate();
        Console.logTo(settings.logs().resolve("launcher.log"));
        WhatsApp whatsApp = WhatsApp.ofThisProcess();
        LocalStack stack = new LocalStack(wanted, true, console::line, whatsApp);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stack), "stop"));
        Signal.handle(new Signal("INT"), _ -> interrupted(stack));
        stack.start();
        console.plain(Welcome.text(wanted, whatsApp));
        stack.keep(new BackgroundTraining(settings, LEARN_AFTER, console::line));
        // Half of the heap is what Kafka's start left; it would lie there for as long as there is little to do.
        System.gc();
        new CountDownLatch(1).await();
    }

    /** Lets the JVM learn how the services start, where it does not know yet. Ends with whoever wanted it. */
    private void learn() {
        var _ = ProcessHandle.current().parent().orElseThrow().onExit().thenRun(() -> System.exit(1));
        StartTraining training = StartTraining.of(settings.repository());
        Runtime.getRuntime().addShutdownHook(new Thread(training::close, "stop"));
        training.run(console::line);
        System.exit(0);
    }

    /** By Ctrl-C: the first one ends the stack, and one while it ends is of somebody who does not want to wait. */
    private void interrupted(LocalStack stack) {
        if (stopping) {
            stack.cut();
        } else {
            System.exit(INTERRUPTED);
        }
    }

    /** A start that was refused has nothing to stop: beside a stack that runs it would read as if that one were stopped. */
    private void stop(LocalStack stack) {
        stopping = true;
        long here = ProcessHandle.current().pid();
        boolean runs =
                records.launcher().filter(launcher -> launcher.pid() == here).isPresent();
        if (runs) {
            console.line("stopping; Ctrl-C once more waits for nothing that is under way");
        }
        stack.close();
        if (runs) {
            console.line("stopped");
        }
    }

    private void down() {
        records.launcher().ifPresentOrElse(this::endLauncher, () -> console.plain("Siaran does not run."));
        // Also what a killed launcher left; after an orderly end there is nothing.
        records.endLeftovers(console::plain);
        LocalPostgres.endLeftover(data());
    }

    private void endLauncher(ProcessIdentity launcher) {
        console.plain("Stopping Siaran (process %d).".formatted(launcher.pid()));
        launcher.end("TERM", STOP_LIMIT, () -> console.plain(Ending.waitingFor("it", longestOfServices())));
        console.plain("Stopped; the data stays in " + settings.home() + ".");
    }

    private static Duration longestOfServices() {
        return Arrays.stream(Service.values())
                .map(Service::grace)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private void status() {
        StackStatus status = new StackStatus(settings, records);
        status.lines().forEach(console::plain);
        System.exit(status.isRunning() ? 0 : 1);
    }

    private void reset() {
        if (records.launcher().isPresent()) {
            throw new StackRefused("Siaran runs over " + settings.home() + ": './siaran down' first.");
        }
        Home home = new Home(settings.home());
        home.requireOurs();
        down();
        home.removeData();
        console.plain("Removed the data of " + settings.home() + ".");
    }

    private void token(Arguments options) {
        Role role = Role.named(options.get("--role", "admin"));
        new Home(settings.home()).makePrivate();
        Duration lifetime = Lifetime.parse(options.get("--ttl", "12h"));
        console.plain(settings.keys().token(options.get("--user", "demo"), role, lifetime));
    }

    private Path data() {
        return settings.home().resolve("postgres");
    }
}
