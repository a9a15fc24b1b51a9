package io.siaran.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** One query of one panel, as Grafana asks it. */
record Panel(String dashboard, String title, String query) {

    private static final Path DASHBOARDS = PackagedStack.REPOSITORY.resolve("deploy/helm/siaran/dashboards");

    /** Of all dashboards. */
    static List<Panel> all() {
        try (Stream<Path> files = Files.list(DASHBOARDS)) {
            return files.sorted().flatMap(Panel::of).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Stream<Panel> of(Path file) {
        String dashboard = file.getFileName().toString().replace(".json", "");
        return Crm.each(tree(file).path("panels"))
                .flatMap(panel -> Crm.each(panel.path("targets"))
                        .map(target -> new Panel(
                                dashboard,
                                panel.path("title").asText(),
                                // Grafana makes it at least four times the interval of the scrapes.
                                target.path("expr").asText().replace("$__rate_interval", "5s"))));
    }

    private static JsonNode tree(Path file) {
        try {
            return Crm.tree(Files.readString(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
