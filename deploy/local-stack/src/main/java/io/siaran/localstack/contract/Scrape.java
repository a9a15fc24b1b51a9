package io.siaran.localstack.contract;

import io.restassured.RestAssured;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process tells Prometheus, and the rule for every service: however many devices, people, hosts and partitions there
 * are, the number of series is the same. A test of each service asks for it:
 * {@code assertThat(Scrape.of(management.resolve("metrics")).unbounded()).isEmpty();}
 *
 * @param series a line each, with its value
 */
public record Scrape(List<String> series) {

    /** How many series a process may have, whatever it knows: a Prometheus holds a hundred such processes without noticing. */
    public static final int MOST = 2_000;

    /** Labels whose values are those of an enum, of our own source, of its libraries or of the JVM. */
    private static final Set<String> BOUNDED = Set.of(
            "answer",
            "batch",
            "cause",
            "direction",
            "engine",
            "fate",
            "kind",
            "outcome",
            "platform",
            "reason",
            "scope",
            "settled",
            "status",
            "to",
            "topic",
            "action",
            "allocator_type",
            "area",
            "cache_type",
            "client_id",
            "clientName",
            "clientType",
            "gc",
            "id",
            "kafka_version",
            "le",
            "memory_type",
            "method",
            "name",
            "pool",
            "pool_name",
            "pool_type",
            "runtime",
            "state",
            "uri",
            "url_scheme",
            "vendor",
            "version");

    /** Metrics that may name users: those of the few who send most. */
    private static final Map<String, Integer> OF_THE_TOP = Map.of("siaran_usage_messages", 20);

    private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** An id, a phone or an address, whatever the label is called. */
    private static final Pattern OF_SOMEBODY = Pattern.compile(
            "[0-9a-f]{8}-[0-9a-f]{4}-.*|.*\\b\\+?[0-9]{9,15}\\b.*|.*\\b[0-9]+(\\.[0-9]+){3}\\b.*|.*://.*");

    /** Of the endpoint of that address. */
    public static Scrape of(URI metrics) {
        return read(RestAssured.given().noFilters().get(metrics).asString());
    }

    /** Of Prometheus' text format. */
    public static Scrape read(String text) {
        return new Scrape(text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList());
    }

    /** The series with a label that nothing bounds. */
    public List<String> unbounded() {
        List<String> faults = new ArrayList<>();
        Map<String, Set<String>> users = new HashMap<>();
        for (String line : series) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                throw new AssertionError("not a line of Prometheus' format: " + line);
            }
            Set<String> of = users.computeIfAbsent(parts.group(1), _ -> new HashSet<>());
            if (!isBounded(parts.group(1), labels(parts.group(2)), of)) {
                faults.add(line);
            }
        }
        return faults;
    }

    private static boolean isBounded(String name, Map<String, String> labels, Set<String> users) {
        return labels.entrySet().stream().allMatch(label -> {
            if (label.getKey().equals("user")) {
                users.add(label.getValue());
                return users.size() <= OF_THE_TOP.getOrDefault(name, 0);
            }
            return isKnown(name, label.getKey())
                    && !OF_SOMEBODY.matcher(label.getValue()).matches();
        });
    }

    /** Kafka's clients know topics by what they were asked for, and a series of each partition with them. */
    private static boolean isKnown(String name, String label) {
        return BOUNDED.contains(label) && !(name.startsWith("kafka_") && label.equals("topic"));
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new HashMap<>();
        Matcher each = LABEL.matcher(text == null ? "" : text);
        while (each.find()) {
            labels.put(each.group(1), each.group(2));
        }
        return labels;
    }
}
