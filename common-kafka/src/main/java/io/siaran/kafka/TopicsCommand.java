package io.siaran.kafka;

import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * The command of the installation that makes the topics: what is missing is created, and what is there gets the settings.
 *
 * <pre>
 * java -cp '…/lib/*' io.siaran.kafka.TopicsCommand [--kafka HOST:PORT] [--partitions 64] [--replication 3]
 *     [--min-insync 2] [--lower-min-insync no] [--retention-days 7] [--dead-letter-retention-days 30]
 * </pre>
 *
 * Connects as {@link DeadLetters} does. The number of partitions is fixed at the installation, since a key would change its
 * partition with it, and its order would be lost: a topic that has another number is refused. One that has fewer replicas than are to
 * be in sync is left as it is: it would take no record any more. One that is there keeps a higher {@code min.insync.replicas} than is
 * asked for, and that is told, unless {@code --lower-min-insync yes} is said: what is written would be safe on fewer brokers. Ends 0 when every topic is as
 * asked, 1 when one is not, 2 when it was asked wrongly.
 */
public final class TopicsCommand {

    private static final Set<String> OPTIONS = Set.of(
            "--kafka",
            "--partitions",
            "--replication",
            "--min-insync",
            "--lower-min-insync",
            "--retention-days",
            "--dead-letter-retention-days");

    private final PrintStream out;

    TopicsCommand(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) {
        System.exit(new TopicsCommand(System.out).run(System.getenv(), arguments));
    }

    int run(Map<String, String> environment, String... arguments) {
        Map<String, String> options = new HashMap<>();
        TopicPlan plan;
        boolean lowersInsync;
        try {
            for (int i = 0; i < arguments.length; i += 2) {
                if (!OPTIONS.contains(arguments[i]) || i + 1 == arguments.length) {
                    throw new IllegalArgumentException("what is " + arguments[i] + "? There are " + OPTIONS);
                }
                options.put(arguments[i], arguments[i + 1]);
            }
            plan = plan(options);
            lowersInsync = isYes(options, "--lower-min-insync");
        } catch (IllegalArgumentException wrong) {
            out.println(wrong.getMessage());
            return 2;
        }
        String servers = options.getOrDefault("--kafka", ClientSettings.servers(environment));
        try (Admin admin = Admin.create(ClientSettings.of(environment, servers))) {
            return new TopicSetup(admin, plan, lowersInsync, out).apply() ? 0 : 1;
        } catch (KafkaException failure) {
            out.println("Kafka at " + servers + " did not let me: " + failure.getMessage());
            return 1;
        }
    }

    private static TopicPlan plan(Map<String, String> options) {
        return new TopicPlan(
                number(options, "--partitions", 64, 1_000),
                (short) number(options, "--replication", 3, 9),
                number(options, "--min-insync", 2, 9),
                Duration.ofDays(number(options, "--retention-days", 7, 365)),
                Duration.ofDays(number(options, "--dead-letter-retention-days", 30, 365)));
    }

    private static boolean isYes(Map<String, String> options, String name) {
        return switch (options.getOrDefault(name, "no")) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw new IllegalArgumentException(name + " takes yes or no");
        };
    }

    private static int number(Map<String, String> options, String name, int otherwise, int highest) {
        String text = options.getOrDefault(name, Integer.toString(otherwise));
        if (!text.matches("[1-9]\\d{0,3}") || Integer.parseInt(text) > highest) {
            throw new IllegalArgumentException(name + " takes a number from 1 to " + highest);
        }
        return Integer.parseInt(text);
    }
}
