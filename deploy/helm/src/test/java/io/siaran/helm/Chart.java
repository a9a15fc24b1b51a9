package io.siaran.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The chart {@code siaran}, rendered by Helm itself. */
final class Chart {

    static final Path REPOSITORY = repository();
    static final Path DIRECTORY = REPOSITORY.resolve("deploy/helm/siaran");

    /** The least that an installation has to say. */
    static final Map<String, String> LEAST = Map.of(
            "postgresql.host",
            "db.example.com",
            "kafka.bootstrapServers",
            "kafka.example.com:9092",
            "auth.jwksUrl",
            "https://id.example.com/jwks",
            "networkPolicies.postgresqlTo[0].ipBlock.cidr",
            "10.1.0.0/16",
            "networkPolicies.kafkaTo[0].ipBlock.cidr",
            "10.2.0.0/16");

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Chart() {}

    private static Path repository() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve(".mvn"))) {
            directory = directory.getParent();
        }
        return directory;
    }

    static LintResult lint() {
        return new Helm(DIRECTORY).lint().strict().call();
    }

    /**
     * What Helm makes of these values, in files and single ones.
     *
     * @throws RuntimeException with Helm's own words when it refuses
     */
    static List<JsonNode> render(List<Path> files, Map<String, String> values, String kubernetes) {
        return render(DIRECTORY, files, values, kubernetes);
    }

    /** Of a chart in that directory. */
    static List<JsonNode> render(Path chart, List<Path> files, Map<String, String> values, String kubernetes) {
        TemplateCommand template = new Helm(chart)
                .template()
                .withName("toko")
                .withNamespace("siaran")
                .withKubeVersion(kubernetes);
        files.forEach(template::withValuesFile);
        values.forEach(template::set);
        return objects(template.call());
    }

    /** What Helm tells whoever has installed it. */
    static String notes(Map<String, String> values) {
        InstallCommand install = new Helm(DIRECTORY)
                .install()
                .clientOnly()
                .dryRun()
                .withName("toko")
                .withNamespace("siaran")
                .withKubeVersion("1.33.0");
        values.forEach(install::set);
        String output = install.call().getOutput();
        return output.substring(output.indexOf("NOTES:"));
    }

    static List<JsonNode> render(Map<String, String> values) {
        return render(List.of(), values, "1.33.0");
    }

    static List<JsonNode> objects(String yaml) {
        try {
            return YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml).readAll().stream()
                    .filter(each -> each != null && each.isObject() && !each.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode yaml(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
