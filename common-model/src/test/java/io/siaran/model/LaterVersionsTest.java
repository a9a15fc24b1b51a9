package io.siaran.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A constant and a kind from the future, in every place where a record has one; found by reflection, so none is forgotten. */
class LaterVersionsTest {

    private static final ObjectMapper TREES = new ObjectMapper();

    /** A golden record in which one enum says what no version knows yet. */
    record FromTheFuture(GoldenRecords.Sample sample, String field, Class<?> type, String json) {
        @Override
        public String toString() {
            return sample.file() + "." + field;
        }
    }

    static List<FromTheFuture> constants() throws IOException {
        List<FromTheFuture> all = new ArrayList<>();
        for (GoldenRecords.Sample sample : GoldenRecords.all().toList()) {
            for (Map.Entry<String, Class<?>> field :
                    enumsOf(sample.value().getClass()).entrySet()) {
                ObjectNode json = (ObjectNode) TREES.readTree(Golden.text(sample.file()));
                json.put(field.getKey(), "from_the_future");
                all.add(new FromTheFuture(sample, field.getKey(), field.getValue(), json.toString()));
            }
        }
        return all;
    }

    static Stream<GoldenRecords.Sample> kinds() {
        return GoldenRecords.all().filter(sample -> sample.readAs().isAnnotationPresent(JsonTypeInfo.class));
    }

    @ParameterizedTest
    @MethodSource("constants")
    void how_it_is_read_stands_in_the_table_for_people(FromTheFuture future) throws IOException {
        String name = future.type().getName();
        String shown = name.substring(name.lastIndexOf('.') + 1).replace('$', '.');

        assertThat(Files.readString(Path.of("../docs/architecture.md"))).contains("`" + shown + "`");
    }

    @ParameterizedTest
    @MethodSource("constants")
    void a_constant_from_the_future_is_read_safely_or_parks_its_record(FromTheFuture future) {
        if (SafeReadings.exists(future.type())) {
            Reading<?> reading = Json.readRecord(future.json(), future.sample().readAs());
            assertThat(reading.unrecognised()).containsExactly(future.type().getSimpleName() + ": from_the_future");
            assertThat(reading.value()).isInstanceOf(future.sample().value().getClass());
        } else {
            assertThatThrownBy(
                            () -> Json.readRecord(future.json(), future.sample().readAs()))
                    .isInstanceOf(UnrecognisedRecord.class)
                    .hasMessageContaining("from_the_future");
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void a_kind_of_record_from_the_future_is_parked(GoldenRecords.Sample sample) {
        // Given
        String future =
                Golden.text(sample.file()).replaceFirst("\"record\":\"[a-z_]+\"", "\"record\":\"from_the_future\"");

        // Then
        assertThatThrownBy(() -> Json.readRecord(future, sample.readAs()))
                .isInstanceOf(UnrecognisedRecord.class)
                .hasMessageContaining("from_the_future");
    }

    @Test
    void it_is_decided_of_every_enum_on_a_topic_how_it_is_read() throws IOException {
        // Given
        Set<Class<?>> onTopics = new HashSet<>();
        constants().forEach(future -> onTopics.add(future.type()));

        // Then
        assertThat(onTopics).hasSizeGreaterThan(10).allMatch(SafeReadings::decides);
    }

    @Test
    void every_kind_of_record_has_a_golden_file() {
        // Given
        Set<Class<?>> known = new HashSet<>();
        GoldenRecords.all().forEach(sample -> known.add(sample.value().getClass()));

        // Then
        for (Class<?> family : List.of(
                BroadcastRecord.class,
                DeviceCommand.class,
                DeliveryEvent.class,
                LeadCommand.class,
                SequenceEvent.class)) {
            assertThat(known).containsAll(records(family));
        }
    }

    @Test
    void what_is_not_known_to_send_does_not_send() {
        assertThat(Json.read(future("device-2", "status"), DeviceSnapshot.class).status())
                .isEqualTo(DeviceStatus.OFFLINE);
        assertThat(Json.read(future("plan", "status"), Plan.class).status()).isEqualTo(PlanStatus.PAUSED);
        assertThat(Json.read(future("lead", "target_status"), LeadSnapshot.class)
                        .targetStatus())
                .isEqualTo(TargetStatus.ALL);
        assertThat(Json.read(future("device-2", "unknown_policy"), DeviceSnapshot.class)
                        .unknownPolicy())
                .isEqualTo(UnknownPolicy.HOLD);
    }

    private static String future(String file, String field) {
        return Golden.text(file).replaceFirst("\"" + field + "\":\"[a-z_]+\"", "\"" + field + "\":\"from_the_future\"");
    }

    private static Set<Class<?>> records(Class<?> type) {
        Set<Class<?>> records = new HashSet<>();
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                records.addAll(records(permitted));
            }
        } else {
            records.add(type);
        }
        return records;
    }

    /** By its name in JSON. */
    private static Map<String, Class<?>> enumsOf(Class<?> type) {
        Class<?> wire = type == BroadcastMessage.class ? BroadcastMessageJson.class : type;
        Map<String, Class<?>> enums = new java.util.TreeMap<>();
        for (RecordComponent component : wire.getRecordComponents()) {
            if (component.getType().isEnum()) {
                enums.put(
                        component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT),
                        component.getType());
            }
        }
        return enums;
    }
}
