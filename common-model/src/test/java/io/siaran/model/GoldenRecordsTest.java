package io.siaran.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The wire form of every record, byte for byte, in {@code golden}. What SQL writes is compared with it where it is written: by
 * the WireRecordsTest of dispatch-service and of device-gateway. What the version before wrote stands in
 * {@code golden-of-before} and is never edited: it may still be in Kafka, and its readers still run while a new version is
 * rolled out.
 */
class GoldenRecordsTest {

    private static final Path BEFORE = Path.of("src/test/resources/golden-of-before");
    private static final ObjectMapper TREES = new ObjectMapper();

    static Stream<GoldenRecords.Sample> records() {
        return GoldenRecords.all();
    }

    static Stream<GoldenRecords.Sample> recordsThatJavaWrites() {
        return GoldenRecords.all().filter(sample -> !GoldenRecords.BY_SQL.contains(sample.file()));
    }

    @ParameterizedTest
    @MethodSource("recordsThatJavaWrites")
    void a_record_is_written_as_its_golden_file_says(GoldenRecords.Sample sample) {
        assertThat(Json.write(sample.value())).isEqualTo(Golden.text(sample.file()));
    }

    @ParameterizedTest
    @MethodSource("records")
    void a_golden_record_reads_as_what_it_says(GoldenRecords.Sample sample) {
        assertThat((Object) Json.read(Golden.text(sample.file()), sample.readAs()))
                .isEqualTo(sample.value());
    }

    @ParameterizedTest
    @MethodSource("records")
    void what_the_version_before_wrote_can_be_read(GoldenRecords.Sample sample) throws IOException {
        assertThat((Object) Json.read(Files.readString(before(sample)), sample.readAs()))
                .isInstanceOf(sample.value().getClass());
    }

    /** What the next version may add is a field, anywhere: each reader of this one meets it in every record that it reads. */
    @ParameterizedTest
    @MethodSource("records")
    void every_reader_reads_a_record_the_same_when_each_object_in_it_has_fields_of_a_later_version(
            GoldenRecords.Sample sample) throws IOException {
        // Given
        JsonNode later = TREES.readTree(Golden.text(sample.file()));
        addFields(later);

        // When
        Object read = Json.read(later.toString(), sample.readAs());

        // Then
        assertThat(later.has("added_later")).isTrue();
        assertThat(read).isEqualTo(sample.value());
    }

    private static void addFields(JsonNode node) {
        node.properties().forEach(field -> {
            // Their names are the tenant's, or those of reasons: no record.
            if (!field.getKey().matches("attributes|reasons")) {
                addFields(field.getValue());
            }
        });
        if (node instanceof ObjectNode object) {
            object.put("added_later", "new").putObject("added_object").put("of", 1);
        } else {
            node.elements().forEachRemaining(GoldenRecordsTest::addFields);
        }
    }

    @Test
    void a_snapshot_that_an_older_gateway_wrote_reads_without_the_later_fields() throws IOException {
        assertThat(Json.read(Files.readString(BEFORE.resolve("device.json")), DeviceSnapshot.class))
                .isEqualTo(Golden.read("device-minimal", DeviceSnapshot.class));
    }

    @ParameterizedTest
    @MethodSource("records")
    void every_field_that_the_version_before_wrote_is_still_written_in_its_form(GoldenRecords.Sample sample)
            throws IOException {
        // Given
        JsonNode before = TREES.readTree(Files.readString(before(sample)));

        // When
        JsonNode now = TREES.readTree(Golden.text(sample.file()));

        // Then
        for (Map.Entry<String, JsonNode> field : before.properties()) {
            boolean told = now.has(field.getKey());
            // Readers take what is missing for null.
            assertThat(said(told ? now.get(field.getKey()) : NullNode.instance))
                    .as(field.getKey())
                    .isEqualTo(said(field.getValue()));
        }
    }

    @Test
    void a_record_without_its_whole_cause_cannot_be_read() {
        // Given
        String withoutLead =
                Golden.text("broadcast-message-campaign").replaceFirst("\"lead_id\":\"[^\"]+\"", "\"lead_id\":null");

        // When / Then
        assertThatThrownBy(() -> Json.read(withoutLead, BroadcastRecord.class))
                .isInstanceOf(UnreadableRecord.class)
                .hasMessageContaining("names its whole cause");
    }

    /** A time is the same with more or fewer decimals. */
    private static Object said(JsonNode value) {
        try {
            return value.isTextual() ? Instant.parse(value.textValue()) : value;
        } catch (DateTimeParseException noTime) {
            return value;
        }
    }

    private static Path before(GoldenRecords.Sample sample) {
        return BEFORE.resolve(sample.file() + ".json");
    }
}
