package io.siaran.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.siaran.localstack.frontdoor.MergedApi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** {@code docs/openapi.yaml} is the merged document of the packaged services, which the front door serves too. */
class ApiDocumentTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .stringQuotingChecker(new QuotedForAllReaders())
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build());

    /** In the order in which the front door merges them. */
    private static final Map<String, String> MODULES = new LinkedHashMap<>();

    static {
        MODULES.put("campaign", "campaign-service");
        MODULES.put("sequence", "sequence-service");
        MODULES.put("dispatch", "dispatch-service");
        MODULES.put("gateway", "device-gateway");
    }

    @Test
    void the_committed_document_is_that_of_the_services() throws IOException {
        Pages.mustBe("docs/openapi.yaml", YAML.writeValueAsString(merged()));
    }

    /** Of an unquoted 10:00 a reader of YAML 1.1 makes the number 600, and of an unquoted time a date. */
    @Test
    void every_text_of_the_document_is_a_text_for_readers_of_yaml_1_1_too() throws IOException {
        Object read = new Yaml().load(YAML.writeValueAsString(merged()));

        assertThat(JSON.<JsonNode>valueToTree(read)).isEqualTo(JSON.readTree(merged().toString()));
    }

    /** A name that two services define differently gets the service's name before it, so two classes in each client. */
    @Test
    void what_the_services_share_is_defined_once() throws IOException {
        Map<String, TreeSet<String>> services = new TreeMap<>();
        for (String service : MODULES.keySet()) {
            document(service)
                    .at("/components/schemas")
                    .fieldNames()
                    .forEachRemaining(schema -> services.computeIfAbsent(schema, _ -> new TreeSet<>())
                            .add(service));
        }
        services.values().removeIf(users -> users.size() < 2);
        JsonNode schemas = merged().at("/components/schemas");

        assertThat(services.keySet())
                .as("schemas of one name and several meanings")
                .allMatch(schemas::has);
    }

    private static ObjectNode merged() throws IOException {
        Map<String, JsonNode> documents = new LinkedHashMap<>();
        for (String service : MODULES.keySet()) {
            documents.put(service, document(service));
        }
        return MergedApi.of(documents);
    }

    private static JsonNode document(String service) throws IOException {
        Path file = Pages.REPOSITORY.resolve(MODULES.get(service)).resolve("target/openapi/openapi.json");
        return JSON.readTree(file.toFile());
    }
}
