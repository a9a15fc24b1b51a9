package io.siaran.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.localstack.metrics.AskedMetric;
import io.siaran.localstack.metrics.MetricNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each alert leads to a page that helps, has been seen firing by its own rule, and asks for metrics that there are. */
class AlertsTest {

    private static final Path RULES = Chart.REPOSITORY.resolve("deploy/prometheus");
    private static final Pattern FIRING =
            Pattern.compile("^count\\(ALERTS\\{alertname=\"(\\w+)\", alertstate=\"firing\".*}\\)$");
    private static final Path PAGES = Chart.REPOSITORY.resolve("docs/runbooks");

    @Test
    void every_alert_has_its_page() throws IOException {
        List<String> names = new ArrayList<>();
        for (JsonNode alert : alerts()) {
            String name = alert.path("alert").asText();
            names.add(name);
            assertThat(alert.at("/annotations/runbook_url").asText()).isEqualTo("docs/runbooks/" + name + ".md");
            assertThat(alert.at("/annotations/summary").asText()).isNotBlank();
            assertThat(alert.at("/labels/severity").asText()).isIn("warning", "critical");
            assertThat(Files.readString(PAGES.resolve(name + ".md")))
                    .startsWith("# " + name + "\n")
                    .contains("## What it means\n\n", "## How to look\n\n", "## How to mend\n\n");
        }
        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void every_alert_has_a_test_in_which_it_fires() throws IOException {
        Set<String> seenFiring = files(".test.yml").stream()
                .map(Chart::yaml)
                .flatMap(file -> Rendered.each(file.path("tests")))
                .flatMap(AlertsTest::seenFiring)
                .collect(Collectors.toSet());

        assertThat(seenFiring)
                .containsExactlyInAnyOrderElementsOf(alerts().stream()
                        .map(alert -> alert.path("alert").asText())
                        .toList());
    }

    /** What the test says has to fire: alerts that it expects, or a count of firing ones that is not 0. Silence proves nothing. */
    private static Stream<String> seenFiring(JsonNode test) {
        Stream<String> expected = Rendered.each(test.path("alert_rule_test"))
                .filter(each -> !each.path("exp_alerts").isEmpty())
                .map(each -> each.path("alertname").asText());
        Stream<String> counted = Rendered.each(test.path("promql_expr_test"))
                .filter(each -> Rendered.each(each.path("exp_samples"))
                        .anyMatch(sample -> sample.path("value").asDouble() > 0))
                .flatMap(each -> FIRING.matcher(each.path("expr").asText()).results())
                .map(firing -> firing.group(1));
        return Stream.concat(expected, counted);
    }

    @Test
    void the_chart_carries_every_alert_with_the_address_of_its_page() throws IOException {
        assertThat(annotations("runbook_url", "https://example.com"))
                .containsExactlyInAnyOrderElementsOf(alerts().stream()
                        .map(alert -> "https://example.com/docs/runbooks/"
                                + alert.path("alert").asText() + ".md")
                        .toList());
    }

    @Test
    void where_nobody_says_where_the_pages_are_an_alert_has_no_address_that_leads_nowhere() throws IOException {
        assertThat(annotations("runbook_url", "")).containsOnly("");
        assertThat(annotations("runbook", ""))
                .containsExactlyInAnyOrderElementsOf(alerts().stream()
                        .map(alert -> "docs/runbooks/" + alert.path("alert").asText() + ".md")
                        .toList());
    }

    private static List<String> annotations(String name, String base) {
        Map<String, String> values = new HashMap<>(Chart.LEAST);
        values.put("monitoring.prometheusRule", "on");
        values.put("monitoring.runbookBase", base);
        return new Rendered(Chart.render(values))
                .ofKind("PrometheusRule")
                .flatMap(rule -> Rendered.each(rule.at("/spec/groups")))
                .flatMap(group -> Rendered.each(group.path("rules")))
                .filter(rule -> rule.has("alert"))
                .map(rule -> rule.path("annotations").path(name).asText())
                .toList();
    }

    /** That the service has it from its start on, with these labels, is its own test's to say ({@code FromTheStart}). */
    @Test
    void every_metric_of_ours_that_rules_panels_and_pages_ask_for_is_one_that_a_service_makes() {
        MetricNames made = MetricNames.ofAll(Chart.REPOSITORY);

        assertThat(AskedMetric.in(Chart.REPOSITORY)).hasSizeGreaterThan(100).allMatch(asked -> made.make(asked.name()));
    }

    /** The rules themselves run, on series that say what happened. Debian: apt-get install prometheus. */
    @Test
    void the_rules_do_what_their_tests_say() throws IOException, InterruptedException {
        assumeTrue(Promtool.isThere(), "promtool is not installed");
        for (Path file : files("alerts.yml")) {
            assertThat(Promtool.run("check", "rules", file.toString())).contains("SUCCESS");
        }
        for (Path file : files(".test.yml")) {
            assertThat(Promtool.run("test", "rules", file.toString())).contains("SUCCESS");
        }
    }

    private static List<JsonNode> alerts() throws IOException {
        return files("alerts.yml").stream()
                .map(Chart::yaml)
                .flatMap(file -> Rendered.each(file.path("groups")))
                .flatMap(group -> Rendered.each(group.path("rules")))
                .filter(rule -> rule.has("alert"))
                .toList();
    }

    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.list(RULES)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }
}
