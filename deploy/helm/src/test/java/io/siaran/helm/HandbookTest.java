package io.siaran.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.localstack.launcher.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the handbook says of who calls whom is what the chart sets. */
class HandbookTest {

    private static final Pattern ASKED = Pattern.compile("(?m)^(siaran\\.\\S+\\.url)=http://toko-siaran-([a-z]+)\\.");

    @Test
    void every_service_that_another_one_calls_stands_in_the_security_model() throws IOException {
        String handbook = Files.readString(Chart.REPOSITORY.resolve("docs/operations.md"));
        String model = handbook.substring(handbook.indexOf("## Security model"), handbook.indexOf("## Size"));
        Map<String, String> values = new HashMap<>(Chart.LEAST);
        values.put("bridge.enabled", "true");
        Rendered rendered = new Rendered(Chart.render(values));

        int calls = 0;
        for (Service service : Service.values()) {
            String settings = rendered.named("ConfigMap", "toko-siaran-" + service.shortName())
                    .at("/data/application.properties")
                    .asText();
            for (MatchResult asked : ASKED.matcher(settings).results().toList()) {
                calls++;
                assertThat(model)
                        .containsPattern("\\| `" + service.shortName() + "` \\| `" + asked.group(2) + "` \\|.*"
                                + Pattern.quote(asked.group(1)));
            }
        }
        assertThat(calls).isEqualTo(3);
        assertThat(model).contains("| `gateway` | `bridge` |", "| `bridge` | `gateway` |");
        assertThat(handbook).doesNotContain("no service calls another");
    }
}
