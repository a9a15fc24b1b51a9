package io.siaran.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What Grafana reads, made from {@code deploy/grafana/dashboards.yml}. Pure: the same source gives the same bytes. */
final class Dashboards {

    static final Path SOURCE = Chart.REPOSITORY.resolve("deploy/grafana/dashboards.yml");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int COLUMNS = 24;
    private static final int HEIGHT = 8;

    private Dashboards() {}

    /** By the name of its file. */
    static Map<String, String> all() {
        Map<String, String> files = new TreeMap<>();
        sources()
                .forEach(source -> files.put(
                        source.path("id").asText() + ".json", dashboard(source).toPrettyString() + "\n"));
        return files;
    }

    static Stream<JsonNode> sources() {
        return Rendered.each(Chart.yaml(SOURCE).path("dashboards"));
    }

    /** Every query of every panel. */
    static Stream<String> expressions() {
        return sources()
                .flatMap(dashboard -> Rendered.each(dashboard.path("panels")))
                .flatMap(panel -> Rendered.each(panel.path("queries")))
                .map(query -> query.path("expr").asText());
    }

    private static ObjectNode dashboard(JsonNode source) {
        ObjectNode dashboard = JSON.createObjectNode();
        dashboard.put("uid", "siaran-" + source.path("id").asText());
        dashboard.put("title", "Siaran: " + source.path("title").asText());
        dashboard.putArray("tags").add("siaran");
        dashboard.put("schemaVersion", 41);
        dashboard.put("version", 1);
        dashboard.put("editable", false);
        dashboard.put("timezone", "browser");
        dashboard.put("refresh", "30s");
        dashboard.putObject("time").put("from", "now-6h").put("to", "now");
        dashboard.putObject("annotations").putArray("list");
        ObjectNode variable = dashboard.putObject("templating").putArray("list").addObject();
        variable.put("name", "datasource")
                .put("label", "Prometheus")
                .put("type", "datasource")
                .put("query", "prometheus");
        variable.put("hide", 0);
        ObjectNode others = dashboard.putArray("links").addObject();
        others.put("title", "Siaran")
                .put("type", "dashboards")
                .put("asDropdown", true)
                .put("icon", "external link");
        others.put("includeVars", true)
                .put("keepTime", true)
                .put("targetBlank", false)
                .put("tooltip", "")
                .put("url", "");
        others.putArray("tags").add("siaran");
        panels(dashboard.putArray("panels"), source.path("panels"));
        return dashboard;
    }

    private static void panels(ArrayNode panels, JsonNode sources) {
        int x = 0;
        int y = 0;
        int id = 1;
        for (JsonNode source : sources) {
            int width = source.path("kind").asText().equals("stat") ? COLUMNS / 4 : COLUMNS / 2;
            if (x + width > COLUMNS) {
                x = 0;
                y += HEIGHT;
            }
            panel(panels.addObject(), source, id++)
                    .putObject("gridPos")
                    .put("x", x)
                    .put("y", y)
                    .put("w", width)
                    .put("h", HEIGHT);
            x += width;
        }
    }

    private static ObjectNode panel(ObjectNode panel, JsonNode source, int id) {
        String kind = source.path("kind").asText("timeseries");
        panel.put("id", id).put("type", kind).put("title", source.path("title").asText());
        panel.put("description", "When it looks wrong: " + source.path("wrong").asText());
        datasource(panel);
        ObjectNode fields = panel.putObject("fieldConfig");
        fields.putObject("defaults").put("unit", source.path("unit").asText()).put("min", 0);
        fields.putArray("overrides");
        panel.putObject("options");
        ArrayNode targets = panel.putArray("targets");
        List<String> names = List.of("A", "B", "C", "D");
        for (JsonNode query : source.path("queries")) {
            ObjectNode target = targets.addObject();
            target.put("refId", names.get(targets.size() - 1));
            target.put("expr", query.path("expr").asText());
            target.put("legendFormat", query.path("legend").asText());
            target.put("instant", !kind.equals("timeseries"));
            target.put("range", kind.equals("timeseries"));
            if (query.path("expr").asText().contains("_bucket")) {
                target.put("exemplar", true);
            }
            datasource(target);
        }
        return panel;
    }

    private static void datasource(ObjectNode of) {
        of.putObject("datasource").put("type", "prometheus").put("uid", "${datasource}");
    }
}
