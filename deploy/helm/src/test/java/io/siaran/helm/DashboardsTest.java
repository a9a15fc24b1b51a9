package io.siaran.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The committed dashboards are those of their source, and Grafana and Prometheus can read them. */
class DashboardsTest {

    private static final Path WRITTEN = Chart.DIRECTORY.resolve("dashboards");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void the_committed_dashboards_are_those_of_the_source() throws IOException {
        for (Map.Entry<String, String> each : Dashboards.all().entrySet()) {
            Path file = WRITTEN.resolve(each.getKey());
            if (Boolean.getBoolean("docs.write")) {
                Files.writeString(file, each.getValue());
            }
            assertThat(file).as("renew it by ./siaran docs").exists().hasContent(each.getValue());
        }
        try (Stream<Path> files = Files.list(WRITTEN)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Dashboards.all().keySet());
        }
    }

    @Test
    void each_is_a_dashboard_by_grafana_s_own_schema() throws IOException {
        JsonSchema schema = schema();
        for (String dashboard : Dashboards.all().values()) {
            assertThat(schema.validate(JSON.readTree(dashboard))).isEmpty();
        }
        ObjectNode spoilt =
                (ObjectNode) JSON.readTree(Dashboards.all().values().iterator().next());
        ((ObjectNode) spoilt.at("/panels/0/gridPos")).put("w", "wide");
        assertThat(schema.validate(spoilt)).as("the check itself").isNotEmpty();
    }

    private static JsonSchema schema() throws IOException {
        try (InputStream in = DashboardsTest.class.getResourceAsStream("/grafana-dashboard.schema.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(JSON.readTree(in));
        }
    }

    @Test
    void each_panel_says_what_to_do_and_has_its_unit() {
        Dashboards.sources().forEach(dashboard -> {
            Set<String> titles = new TreeSet<>();
            for (JsonNode panel : dashboard.path("panels")) {
                assertThat(titles.add(panel.path("title").asText())).isTrue();
                assertThat(panel.path("wrong").asText().length()).isGreaterThan(20);
                assertThat(panel.path("unit").asText()).isNotBlank();
                assertThat(panel.path("queries")).isNotEmpty();
            }
        });
    }

    /** Whoever is woken by a panel needs its own words: when it looks wrong, and what then. The page of an alert alone is neither. */
    @Test
    void no_panel_says_what_another_one_says_or_names_a_runbook_alone() {
        Map<String, String> said = new TreeMap<>();
        for (JsonNode dashboard : Dashboards.sources().toList()) {
            for (JsonNode panel : dashboard.path("panels")) {
                String title = dashboard.path("title").asText() + ": "
                        + panel.path("title").asText();
                String wrong = panel.path("wrong").asText();
                String own = wrong.replaceAll("(?i)runbooks?|Siaran[A-Z][A-Za-z]+|[^A-Za-z]", "");
                assertThat(own).as("%s says of its own", title).hasSizeGreaterThanOrEqualTo(20);
                assertThat(said.put(wrong, title)).as("%s says the same", title).isNull();
            }
        }
    }

    @Test
    void a_runbook_that_a_panel_names_is_there() throws IOException {
        for (String word : Files.readString(Dashboards.SOURCE).split("[^A-Za-z]+")) {
            if (word.matches("Siaran[A-Z][A-Za-z]+")) {
                assertThat(Chart.REPOSITORY.resolve("docs/runbooks/" + word + ".md"))
                        .exists();
            }
        }
    }

    @Test
    void prometheus_understands_every_query(@TempDir Path directory) throws IOException, InterruptedException {
        assumeTrue(Promtool.isThere(), "promtool is not installed");
        StringBuilder rules = new StringBuilder("groups:\n  - name: queries\n    rules:\n");
        int[] n = {0};
        Dashboards.expressions()
                .forEach(query -> rules.append("      - record: query:")
                        .append(n[0]++)
                        .append("\n        expr: '")
                        .append(query.replace("$__rate_interval", "1m"))
                        .append("'\n"));
        Path file = Files.writeString(
                directory.resolve("queries.yml"), rules.toString().replaceAll("query:(\\d+)", "query:n$1"));

        assertThat(Promtool.run("check", "rules", file.toString())).contains("SUCCESS: " + n[0] + " rules found");
    }
}
