package io.siaran.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The wire form of every record, byte for byte, in {@code golden}. What the version before wrote stands in
 * {@code golden-of-before} and is never edited: it may still be in Kafka, and its readers still run while a new version is
 * rolled out.
 */
class GoldenRecordsTest {

    private static final Path BEFORE = Path.of("src/test/resources/golden-of-before");
    private static final ObjectMapper TREES = new ObjectMapper();

    static Stream<GoldenRecords.Sample> records() {
        return GoldenRecords.all();
    }

    static Stream<GoldenRecords.Sample> recordsThatTheVersionBeforeKnew() {
        return GoldenRecords.all().filter(sample -> Files.exists(before(sample)));
    }

    @ParameterizedTest
    @MethodSource("records")
    void a_record_is_written_as_its_golden_file_says_and_reads_back_the_same(GoldenRecords.Sample sample) {
        // When
        String written = Json.write(sample.value());

        // Then
        assertThat(written).isEqualTo(Golden.text(sample.file()));
        assertThat((Object) Json.read(written, sample.readAs())).isEqualTo(sample.value());
        Golden.assertSame(sample.file(), written.replaceFirst("\\{", "{ "));
    }

    @ParameterizedTest
    @MethodSource("recordsThatTheVersionBeforeKnew")
    void what_the_version_before_wrote_can_be_read(GoldenRecords.Sample sample) throws IOException {
        assertThat((Object) Json.read(Files.readString(before(sample)), sample.readAs()))
                .isInstanceOf(sample.value().getClass());
    }

    @Test
    void a_snapshot_that_an_older_gateway_wrote_reads_without_the_later_fields() throws IOException {
        assertThat(Json.read(Files.readString(BEFORE.resolve("device.json")), DeviceSnapshot.class))
                .isEqualTo(Golden.read("device-minimal", DeviceSnapshot.class));
    }

    @ParameterizedTest
    @MethodSource("recordsThatTheVersionBeforeKnew")
    void readers_of_the_version_before_find_every_field_that_they_know_in_the_form_that_they_know(
            GoldenRecords.Sample sample) throws IOException {
        // Given
        JsonNode before = TREES.readTree(Files.readString(before(sample)));

        // When
        JsonNode now = TREES.readTree(Json.write(sample.value()));

        // Then
        for (Map.Entry<String, JsonNode> field : before.properties()) {
            assertThat(now.get(field.getKey())).as(field.getKey()).isEqualTo(field.getValue());
        }
    }

    @Test
    void a_difference_from_a_golden_file_is_named() {
        // Given
        String written =
                Golden.text("withdraw").replace("kedai-ani", "kedai-budi").replace("device_id", "device");

        // Then
        assertThatThrownBy(() -> Golden.assertSame("withdraw", written))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("/user_id is \"kedai-budi\" instead of \"kedai-ani\"")
                .hasMessageContaining("/device_id is missing")
                .hasMessageContaining("/device is one too many");
    }

    @Test
    void a_reader_ignores_a_field_that_a_newer_writer_added() {
        // Given
        String newer = Golden.text("withdraw").replaceFirst("\\{", "{\"added_later\":{\"a\":1},");

        // Then
        assertThat(Json.read(newer, BroadcastRecord.class)).isEqualTo(Golden.read("withdraw", BroadcastRecord.class));
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

    private static Path before(GoldenRecords.Sample sample) {
        return BEFORE.resolve(sample.file() + ".json");
    }
}
