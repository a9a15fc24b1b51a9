package io.siaran.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings come to the services as the values have them, and a change of one to its pods. */
class ChartSettingsTest {

    /** To Helm every number of a file is a float. */
    @Test
    void large_numbers_of_a_file_stay_as_they_are_written(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("values.yaml"), """
                kafka: {settings: {max.request.size: 16777216, reconnect.backoff.ms: 50}}
                services: {dispatch: {settings: {siaran.release.batch: 2000000, siaran.retry.jitter: 0.25, siaran.release.enabled: true}}}
                """);

        Rendered rendered = new Rendered(Chart.render(List.of(file), Chart.LEAST, "1.33.0"));

        assertThat(rendered.named("ConfigMap", "toko-siaran-dispatch")
                        .at("/data/application.properties")
                        .asText()
                        .lines())
                .contains("siaran.release.batch=2000000", "siaran.retry.jitter=0.25", "siaran.release.enabled=true");
        assertThat(rendered.ofKind("Job").findFirst().orElseThrow().toString())
                .contains("{\"name\":\"KAFKA_MAX_REQUEST_SIZE\",\"value\":\"16777216\"}")
                .contains("{\"name\":\"KAFKA_RECONNECT_BACKOFF_MS\",\"value\":\"50\"}");
    }

    @Test
    void a_change_of_settings_starts_the_pods_anew_and_only_those() {
        Rendered before = render(Map.of());
        Rendered after = render(Map.of("services.dispatch.settings.siaran\\.release\\.window", "3"));

        assertThat(checksum(after, "dispatch")).isNotEqualTo(checksum(before, "dispatch"));
        assertThat(checksum(after, "campaign")).isEqualTo(checksum(before, "campaign"));
    }

    private static String checksum(Rendered rendered, String component) {
        return rendered.named("Deployment", "toko-siaran-" + component)
                .at("/spec/template/metadata/annotations/checksum~1config")
                .asText();
    }

    private static Rendered render(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Chart.LEAST);
        values.putAll(more);
        return new Rendered(Chart.render(values));
    }
}
