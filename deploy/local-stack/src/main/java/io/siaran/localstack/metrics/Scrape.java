package io.siaran.localstack.metrics;

import io.restassured.RestAssured;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a process tells Prometheus, and the rule for every service: however many devices, people, hosts and partitions there
 * are, the number of series is the same. A test of each service asks for it:
 * {@code assertThat(Scrape.of(management.resolve("metrics")).unbounded()).isEmpty();}
 *
 * <p>Some twenty shops say as much as thousands. What had a label of a user, a device, a campaign, a sequence or a lead would have
 * a series more with the second of them ({@link #since}). And no label passes {@link #unbounded} that is not named here as one of
 * an enum, of a library or of the JVM, a partition among those that do not, nor a value that looks like an id, a phone or an
 * address: so none may grow that did not grow with twenty.
 *
 * @param series a line each, with its value
 * @param help the help text of each family, blank where it has none
 */
public record Scrape(List<String> series, Map<String, String> help) {

    /** One of them, without its value. */
    record Series(String name, Map<String, String> labels) {}

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
            "found",
            "kind",
            "outcome",
            "platform",
            "reason",
            "scope",
            "settled",
            "status",
            "to",
            "topic",
            "verdict",
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

    private static final List<String> OF_THE_MACHINERY = List.of("jvm_", "kafka_");

    private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*?)})? \\S+(?: # .*)?");
    private static final Pattern HELP = Pattern.compile("(?m)^# HELP (\\S+)(.*)$");
    private static final Pattern PART = Pattern.compile("_(bucket|count|sum|total)$");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** An id, a phone or an address, whatever the label is called. */
    private static final Pattern OF_SOMEBODY = Pattern.compile(
            "[0-9a-f]{8}-[0-9a-f]{4}-.*|.*\\b\\+?[0-9]{9,15}\\b.*|.*\\b[0-9]+(\\.[0-9]+){3}\\b.*|.*://.*");

    /** What was read of lines without their values. As many as there are series, which is what this class sees to. */
    private static final Map<String, Series> READ = new ConcurrentHashMap<>();

    /** Of the endpoint of that address. */
    public static Scrape of(URI metrics) {
        return read(RestAssured.given().noFilters().get(metrics).asString());
    }

    /** Of Prometheus' text format. */
    public static Scrape read(String text) {
        return new Scrape(
                text.lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .toList(),
                HELP.matcher(text)
                        .results()
                        .collect(Collectors.toMap(
                                each -> each.group(1), each -> each.group(2).strip())));
    }

    /** Whether that metric may name users, so that it has no series before there are any. */
    static boolean namesUsers(String metric) {
        return OF_THE_TOP.containsKey(metric);
    }

    List<Series> told() {
        return series.stream().map(Scrape::series).toList();
    }

    /** What is missing of that one, in words. */
    List<String> gaps(AskedMetric asked) {
        List<Series> there =
                told().stream().filter(each -> isOf(each.name(), asked.name())).toList();
        if (there.isEmpty()) {
            return List.of(asked.name() + " of " + asked.where() + " is not there");
        }
        List<String> gaps = new ArrayList<>();
        for (AskedMetric.Label label : asked.labels()) {
            if (there.stream().noneMatch(each -> each.labels().containsKey(label.name()))) {
                gaps.add(asked.name() + " of " + asked.where() + " has no label " + label.name());
            }
            label.values().stream()
                    .filter(value -> there.stream()
                            .noneMatch(each -> value.equals(each.labels().get(label.name()))))
                    .forEach(value -> gaps.add(asked.name() + "{" + label.name() + "=\"" + value + "\"} of "
                            + asked.where() + " is not there"));
        }
        return gaps;
    }

    /** Whether a help text says what that metric is. */
    boolean explains(String metric) {
        return help.entrySet().stream()
                .anyMatch(
                        each -> isOf(metric, each.getKey()) && !each.getValue().isEmpty());
    }

    /** Itself, or a part of that histogram. */
    private static boolean isOf(String name, String family) {
        return name.equals(family) || PART.matcher(name).replaceFirst("").equals(family);
    }

    /**
     * The series that came since. Not those of the JVM and of Kafka's clients, some of which come with the first collection of
     * garbage or the first rebalance: that none of them is of a partition or a topic is {@link #unbounded}'s to say.
     */
    public List<String> since(Scrape before) {
        Set<Series> known = new HashSet<>(before.told());
        return told().stream()
                .filter(each ->
                        !known.contains(each) && OF_THE_MACHINERY.stream().noneMatch(each.name()::startsWith))
                .map(each -> each.name() + each.labels())
                .toList();
    }

    /** The series with a label that nothing bounds. */
    public List<String> unbounded() {
        List<String> faults = new ArrayList<>();
        Map<String, Set<String>> users = new HashMap<>();
        for (String line : series) {
            Series each = series(line);
            if (!isBounded(each.name(), each.labels(), users.computeIfAbsent(each.name(), _ -> new HashSet<>()))) {
                faults.add(line);
            }
        }
        return faults;
    }

    /** Read once, whatever values it has in how many scrapes: every test class asks for some two thousand of them. */
    private static Series series(String line) {
        return line.contains(" # ")
                ? parsed(line)
                : READ.computeIfAbsent(line.substring(0, line.lastIndexOf(' ') + 1), _ -> parsed(line));
    }

    private static Series parsed(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new AssertionError("not a line of Prometheus' format: " + line);
        }
        return new Series(parts.group(1), labels(parts.group(2)));
    }

    private static boolean isBounded(String name, Map<String, String> labels, Set<String> users) {
        return labels.entrySet().stream().allMatch(label -> {
            if (label.getKey().equals("user")) {
                users.add(label.getValue());
                return users.size() <= OF_THE_TOP.getOrDefault(name, 0);
            }
            // The bounds of buckets are numbers, and some look like a phone's.
            return label.getKey().equals("le")
                    || isKnown(name, label.getKey())
                            && !OF_SOMEBODY.matcher(label.getValue()).matches();
        });
    }

    /** Kafka's clients know topics by what they were asked for, and a series of each partition with them. */
    private static boolean isKnown(String name, String label) {
        return BOUNDED.contains(label) && !(name.startsWith("kafka_") && label.equals("topic"));
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new TreeMap<>();
        Matcher each = LABEL.matcher(text == null ? "" : text);
        while (each.find()) {
            labels.put(each.group(1), each.group(2));
        }
        return labels;
    }
}
