package io.siaran.gateway.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.Simulator;
import io.siaran.localstack.TestServers;
import io.siaran.model.UserId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the devices of a user take and answer over REST, as the contract says. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class DeviceContractTest {

    private static final String DEVICES = "/api/v1/devices";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "anti_spam|2",
                "unknown_policy|0",
                "platform|0",
                "name|true",
                "name|1",
                "name|\"\\u200b\\u3164\"",
                "name|\"a\\u0007b\"",
                "name|\"a\\nb\"",
                "name|\"a\\u0000b\"",
                "name|\"\\ud800\"",
                "typing|1",
                "typing|\"true\"",
                "hourly_cap|\"10\"",
                "hourly_cap|1.5",
                "hourly_cap|1001",
                "daily_cap|-1",
                "time_zone|\"\"",
                "time_zone|\"+08:00\"",
                "credential|\"a\\nb\"",
                "credential|\"a b\"",
                "credential|\"t\\u00f6ken\"",
                "credential|\"token\\r\"",
                "phone|\"012-345XXXX\"",
                "phone|\"0123456734;0133456734\"",
                "phone|62812345671.0",
                "base_url|\"http://a/\\u0000\"",
                "greetings[0]|[\"two\\nlines\"]",
                "greetings[0]|[\"\\u200b\"]",
                "greetings[0]|[null]",
                "quiet_hours[0].from|[{\"from\":\"24:00\",\"until\":\"07:00\"}]",
                "quiet_hours[0].from|[{\"from\":[10,0],\"until\":\"07:00\"}]",
                "quiet_hours[0].from|[{\"from\":\"\",\"until\":\"07:00\"}]",
                "quiet_hours[0].from|[{\"from\":1320,\"until\":\"07:00\"}]",
                "quiet_hours[0].until|[{\"from\":\"22:00\",\"until\":\"22:00\"}]",
                "quiet_hours[0].until|[{\"from\":\"00:00\",\"until\":\"00:00\"}]",
                "quiet_hours[0].days[0]|[{\"days\":[0],\"from\":\"22:00\",\"until\":\"07:00\"}]",
            })
    void a_value_that_could_be_read_wrongly_is_refused_by_its_name(String field, String json) {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        String name = field.replaceFirst("[\\[.].*", "");

        // When // Then
        patch(merah, "{\"" + name + "\":" + json + "}")
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations.field", hasItem(field));
    }

    @Test
    void a_whole_day_of_named_days_may_be_quiet() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");

        // When // Then
        patch(merah, "{\"quiet_hours\":[{\"days\":[\"sunday\"],\"from\":\"00:00\",\"until\":\"00:00\"}]}")
                .statusCode(200)
                .body("quiet_hours", hasSize(1))
                .body("warnings", hasSize(0));
    }

    @Test
    void a_key_that_comes_twice_is_refused() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");

        // When // Then
        patch(merah, "{\"name\":\"a\",\"name\":\"b\"}").statusCode(400).body("violations.field", hasItem("name"));
    }

    @Test
    void a_list_of_twenty_thousand_is_refused_at_once() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        String nulls = "[null" + ",null".repeat(19_999) + "]";

        // When
        long before = System.nanoTime();
        patch(merah, "{\"greetings\":" + nulls + "}").statusCode(400).body("violations.field", hasItem("greetings[0]"));
        patch(merah, "{\"greetings\":[\"Hi\"" + ",\"Hi\"".repeat(19_999) + "]}")
                .statusCode(400)
                .body("violations.field", hasItem("greetings"));
        patch(merah, "{\"greetings\":" + nulls + ",\"quiet_hours\":" + nulls + "}")
                .statusCode(400)
                .body("violations.field", hasItem("quiet_hours[0]"));

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void null_clears_what_may_be_cleared_and_is_refused_elsewhere() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        patch(
                        merah,
                        "{\"hourly_cap\":7,\"daily_cap\":9,\"anti_spam\":\"off\",\"phone\":\"012-345 6789\","
                                + "\"greetings\":[\"Salam\"],\"min_delay_seconds\":1,\"max_delay_seconds\":2}")
                .statusCode(200)
                .body("phone", equalTo("60123456789"));

        // When // Then
        patch(
                        merah,
                        "{\"hourly_cap\":null,\"anti_spam\":null,\"phone\":null,\"greetings\":null,"
                                + "\"min_delay_seconds\":null,\"max_delay_seconds\":null}")
                .statusCode(200)
                .body("hourly_cap", nullValue())
                .body("daily_cap", equalTo(9))
                .body("anti_spam", equalTo("full"))
                .body("phone", nullValue())
                .body("greetings", hasSize(0))
                .body("min_delay_seconds", nullValue());
        for (String required : List.of("name", "platform", "credential")) {
            patch(merah, "{\"" + required + "\":null}").statusCode(400).body("violations.field", hasItem(required));
        }
    }

    @Test
    void what_get_answered_can_be_put_back_and_changes_nothing() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        patch(merah, "{\"hourly_cap\":7,\"quiet_hours\":[{\"from\":\"22:00\",\"until\":\"07:00\"}]}")
                .statusCode(200);
        Cast.awaitStatus(merah, "online");
        Map<String, Object> before = get(merah).extract().jsonPath().getMap("$");

        // When
        Map<String, Object> after = Cast.as(merah.user(), "operator")
                .body(before)
                .put(DEVICES + "/" + merah.id())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("$");

        // Then
        Map<String, Object> expected = new HashMap<>(before);
        for (Map<String, Object> each : List.of(expected, after)) {
            each.remove("updated_at");
            each.remove("last_seen");
            // How its day goes, until now.
            each.remove("today");
        }
        assertThat(after).isEqualTo(expected);
    }

    @Test
    void a_put_sets_what_it_leaves_out_to_its_default_but_not_the_credential() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        patch(merah, "{\"hourly_cap\":7,\"warm_up\":true}").statusCode(200);

        // When // Then
        Cast.as(merah.user(), "operator")
                .body(Map.of("name", "Merah", "platform", "wablas", "base_url", Simulator.wablas()))
                .put(DEVICES + "/" + merah.id())
                .then()
                .statusCode(200)
                .body("name", equalTo("Merah"))
                .body("hourly_cap", nullValue())
                .body("warm_up", equalTo(false));
        Cast.awaitStatus(merah, "online");
    }

    @Test
    void a_registration_refuses_what_only_an_answer_has() {
        // Given
        Map<String, Object> body = body("x");
        body.put("status", "online");

        // When // Then
        Cast.as(Cast.SINAR, "operator")
                .body(body)
                .post(DEVICES)
                .then()
                .statusCode(400)
                .body("violations.field", contains("status"));
    }

    @Test
    void a_change_of_an_older_version_is_refused() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        String tag = get(merah).header("ETag", notNullValue()).extract().header("ETag");

        // When // Then
        Cast.as(merah.user(), "operator")
                .header("If-Match", tag)
                .body(Map.of("hourly_cap", 5))
                .patch(DEVICES + "/" + merah.id())
                .then()
                .statusCode(200)
                .header("ETag", not(equalTo(tag)));
        for (String method : List.of("PATCH", "DELETE")) {
            Cast.as(merah.user(), "operator")
                    .header("If-Match", tag)
                    .body(Map.of("hourly_cap", 6))
                    .request(method, DEVICES + "/" + merah.id())
                    .then()
                    .statusCode(412);
        }
        get(merah).body("hourly_cap", equalTo(5));
    }

    @Test
    void a_number_that_exists_is_named_also_when_another_device_would_become_it() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        Registered biru = Cast.device(Cast.SINAR, "biru");

        // When // Then
        patch(biru, "{\"credential\":\"" + merah.token() + "\"}")
                .statusCode(409)
                .body("existing_id", equalTo(merah.id().toString()));
    }

    @Test
    void a_list_is_narrowed_by_its_filters() {
        // Given
        UserId shop = new UserId("kedai-" + UUID.randomUUID());
        Registered merah = Cast.device(shop, "Merah 100%", "sim-" + UUID.randomUUID());
        Registered biru = Cast.device(shop, "Biru");
        patch(merah, "{\"phone\":\"+60 12-345 6789\"}").statusCode(200);
        Cast.as(shop, "operator")
                .post(DEVICES + "/" + biru.id() + "/pause")
                .then()
                .statusCode(200);
        String late = get(biru).extract().path("updated_at");
        String ofMerah = merah.id().toString();
        String ofBiru = biru.id().toString();

        // When // Then
        list(shop, "status=paused").body("items.id", contains(ofBiru));
        list(shop, "status=paused&status=offline&status=online").body("items.id", contains(ofMerah, ofBiru));
        list(shop, "platform=wablas").body("items", hasSize(2));
        list(shop, "sort=-created_at").body("items.id", contains(ofBiru, ofMerah));
        list(shop, "phone=012-3456789").body("items.id", contains(ofMerah));
        list(shop, "q=012-345").body("items.id", contains(ofMerah));
        list(shop, "q=100%25").body("items.id", contains(ofMerah));
        list(shop, "q=bIR").body("items.id", contains(ofBiru));
        list(shop, "updated_since=" + late).body("items.id", hasItem(ofBiru));
        list(shop, "updated_since=2199-01-01T00:00:00Z").body("items", hasSize(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"status=", "status=gone", "platform=x", "phone=abc", "updated_since=yesterday"})
    void a_blank_or_unknown_filter_is_refused(String filter) {
        Cast.as(Cast.SINAR, "viewer")
                .get(DEVICES + "?" + filter)
                .then()
                .statusCode(400)
                .body("violations.field", contains(filter.replaceFirst("=.*", "")));
    }

    @Test
    void a_device_that_can_never_send_and_a_landline_get_a_warning() {
        // Given
        UserId shop = new UserId("kedai-" + UUID.randomUUID());
        Registered merah = Cast.device(shop, "merah");
        String day = "{\"from\":\"07:00\",\"until\":\"22:00\"}";

        // When // Then
        patch(merah, "{\"phone\":\"03-2161 1235\",\"quiet_hours\":[" + day + "]}")
                .statusCode(200)
                .body("warnings.code", contains("not_mobile"))
                .body("warnings.field", contains("phone"));
        Cast.as(shop, "operator")
                .body("{\"quiet_hours\":[{\"from\":\"22:00\",\"until\":\"07:00\"}]}")
                .put("/api/v1/sending-rules")
                .then()
                .statusCode(200)
                .body("warnings", hasSize(0));
        get(merah).body("warnings.code", contains("not_mobile", "always_quiet"));
    }

    private static ValidatableResponse get(Registered device) {
        return Cast.as(device.user(), "viewer")
                .get(DEVICES + "/" + device.id())
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse list(UserId user, String query) {
        return Cast.as(user, "viewer")
                .urlEncodingEnabled(false)
                .get(DEVICES + "?" + query)
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse patch(Registered device, String json) {
        return Cast.as(device.user(), "operator")
                .body(json)
                .patch(DEVICES + "/" + device.id())
                .then();
    }

    private static Map<String, Object> body(String token) {
        return new HashMap<>(
                Map.of("name", "merah", "platform", "wablas", "base_url", Simulator.wablas(), "credential", token));
    }
}
