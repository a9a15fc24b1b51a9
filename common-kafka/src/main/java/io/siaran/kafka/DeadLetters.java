package io.siaran.kafka;

import java.io.PrintStream;
import java.time.Instant;
import java.util.Optional;

/**
 * The command for operators: which dead letters there are, and back to their topics with them.
 *
 * <pre>
 * java -cp '…/lib/*' io.siaran.kafka.DeadLetters [--kafka HOST:PORT] list
 * java -cp '…/lib/*' io.siaran.kafka.DeadLetters [--kafka HOST:PORT] redrive TOPIC [--limit N]
 * </pre>
 *
 * Without {@code --kafka} it asks the broker that the environment variable {@code SIARAN_KAFKA} names, or localhost:9092. It
 * connects as the services do, by the variables {@code KAFKA_*} ({@code KAFKA_SECURITY_PROTOCOL}, {@code
 * KAFKA_SASL_JAAS_CONFIG}).
 * Ends 0 when it did what was asked, 1 when Kafka did not let it, 2 when it was asked wrongly.
 */
public final class DeadLetters {

    private static final String USAGE = "usage: [--kafka HOST:PORT] [list | redrive TOPIC [--limit N]]";
    private static final int DEFAULT_LIMIT = 1_000;
    private static final int HIGHEST_LIMIT = 100_000;

    private final PrintStream out;

    DeadLetters(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) {
        System.exit(new DeadLetters(System.out).run(arguments));
    }

    int run(String... arguments) {
        Asked asked;
        try {
            asked = Asked.by(arguments);
        } catch (IllegalArgumentException wrong) {
            out.println(wrong.getMessage());
            out.println(USAGE);
            return 2;
        }
        try (DeadLetterTopics topics = new DeadLetterTopics(ClientSettings.of(System.getenv(), asked.kafka()))) {
            if (asked.redrive().isPresent()) {
                return redrive(topics, asked.redrive().get(), asked.limit());
            }
            list(topics);
            return 0;
        } catch (RuntimeException failure) {
            out.println("Kafka at " + asked.kafka() + " did not let me: " + failure.getMessage());
            return 1;
        }
    }

    private void list(DeadLetterTopics topics) {
        boolean none = true;
        for (String topic : topics.names()) {
            WaitingLetters waiting = topics.waiting(topic);
            if (waiting.count() > 0) {
                none = false;
                print(topic, waiting);
            }
        }
        if (none) {
            out.println("no dead letters are waiting");
        }
    }

    private void print(String topic, WaitingLetters waiting) {
        out.printf(
                "%s: %s%d waiting, the oldest of %s, the newest of %s%n",
                topic,
                waiting.isWhole() ? "" : "at least ",
                waiting.count(),
                Instant.ofEpochMilli(waiting.oldest()),
                Instant.ofEpochMilli(waiting.newest()));
        waiting.reasons().forEach((reason, count) -> out.printf("  %6d  %s%n", count, reason));
    }

    private int redrive(DeadLetterTopics topics, String topic, int limit) {
        String deadLetters = DeadLetter.deadLettersOf(topic);
        if (!topics.names().contains(deadLetters)) {
            out.println("there are no dead letters of a topic " + topic);
            return 2;
        }
        RedrivenLetters redriven = topics.redrive(deadLetters, limit);
        out.printf("%d records are back on their topic%n", redriven.sent());
        redriven.withoutValue().forEach(place -> out.println("not kept, too large for a dead letter: " + place));
        if (redriven.sent() + redriven.withoutValue().size() == limit) {
            out.println("there may be more: call again");
        }
        return 0;
    }

    private record Asked(String kafka, Optional<String> redrive, int limit) {

        static Asked by(String... arguments) {
            String kafka = ClientSettings.servers(System.getenv());
            int limit = DEFAULT_LIMIT;
            Optional<String> command = Optional.empty();
            Optional<String> topic = Optional.empty();
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--kafka" -> kafka = value(arguments, ++i);
                    case "--limit" -> limit = limit(value(arguments, ++i));
                    default -> {
                        if (command.isEmpty()) {
                            command = Optional.of(arguments[i]);
                        } else if (topic.isEmpty()) {
                            topic = Optional.of(arguments[i]);
                        } else {
                            throw new IllegalArgumentException("what is " + arguments[i] + "?");
                        }
                    }
                }
            }
            return of(kafka, command.orElse("list"), topic, limit);
        }

        private static Asked of(String kafka, String command, Optional<String> topic, int limit) {
            boolean redrive = command.equals("redrive");
            if (!redrive && !command.equals("list")) {
                throw new IllegalArgumentException("there is no command " + command);
            }
            if (redrive != topic.isPresent()) {
                throw new IllegalArgumentException(redrive ? "redrive needs a topic" : "list takes no topic");
            }
            return new Asked(kafka, topic, limit);
        }

        private static String value(String[] arguments, int at) {
            if (at == arguments.length) {
                throw new IllegalArgumentException(arguments[at - 1] + " needs a value");
            }
            return arguments[at];
        }

        private static int limit(String text) {
            try {
                int limit = Integer.parseInt(text);
                if (limit >= 1 && limit <= HIGHEST_LIMIT) {
                    return limit;
                }
            } catch (NumberFormatException noNumber) {
                throw new IllegalArgumentException("--limit takes a number from 1 to " + HIGHEST_LIMIT, noNumber);
            }
            throw new IllegalArgumentException("--limit takes a number from 1 to " + HIGHEST_LIMIT);
        }
    }
}
