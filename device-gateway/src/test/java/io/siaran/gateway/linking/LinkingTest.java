package io.siaran.gateway.linking;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.siaran.gateway.Cast;
import io.siaran.gateway.device.LinkSecrets;
import io.siaran.gateway.provider.PlatformStub;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeviceId;
import io.siaran.model.UserId;
import io.siaran.sql.Database;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A phone is linked to a device of the bridge, which a stub plays: by a program with a token, and by a person with the page. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class LinkingTest {

    private static final String QR = "2@abc,def,ghi";
    private static final String WAITS = "{\"state\":\"qr\",\"qr\":\"" + QR + "\",\"me\":null}";

    /** Each test has a phone of its own: one phone is one device. */
    private final String phone =
            "6011%04d6789".formatted(ThreadLocalRandom.current().nextInt(1_000, 6_000));

    private final String open = "{\"state\":\"open\",\"qr\":null,\"me\":{\"phone\":\"" + phone + "\"}}";

    @Inject
    LinkSecrets secrets;

    @Inject
    UnlinkDeleted unlinkDeleted;

    @Inject
    Database database;

    private PlatformStub bridge;
    private DeviceId merah;
    private String session;

    @BeforeEach
    void start() {
        bridge = PlatformStub.start(TestServers.bridgePort());
        bridge.answers(404, "{\"error\":\"no_session\"}");
        merah = DeviceId.of(
                registered(Map.of("name", "merah", "platform", "")).extract().path("id"));
        session = "/v1/sessions/" + merah;
        String place = "{\"address\":\"" + bridge.url() + "\",\"owned\":false}";
        bridge.answers("GET /v1/placement/" + merah, 200, place);
        bridge.answers("PUT " + session, 202, WAITS);
        bridge.answers("GET " + session, 200, WAITS);
        bridge.answers("DELETE " + session, 204, "");
    }

    @AfterEach
    void stop() {
        bridge.close();
    }

    @Test
    void a_device_of_whatsapp_web_that_names_no_engine_is_the_bridges_and_keeps_what_it_was_answered() {
        // When
        ValidatableResponse device = sinar().get("/api/v1/devices/" + merah).then();

        // Then
        device.body("platform", equalTo(""))
                .body("engine", equalTo("bridge"))
                .body("session", equalTo(merah.toString()));
        Map<String, Object> body = new HashMap<>(device.extract().jsonPath().getMap("$"));
        assertThat(body).containsEntry("base_url", null);
        body.put("name", "merah dua");
        sinar().body(body)
                .put("/api/v1/devices/" + merah)
                .then()
                .statusCode(200)
                .body("name", equalTo("merah dua"));
        sinar().body(Map.of("daily_cap", 10))
                .patch("/api/v1/devices/" + merah)
                .then()
                .statusCode(200)
                .body("engine", equalTo("bridge"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"credential", "session", "base_url"})
    void what_only_a_server_of_the_tenants_needs_is_refused(String field) {
        Map<String, Object> body = new HashMap<>(Map.of("name", "biru", "platform", ""));
        body.put(field, "https://example.com".substring(field.equals("base_url") ? 0 : 8));

        sinar().body(body)
                .post("/api/v1/devices")
                .then()
                .statusCode(400)
                .body("violations.field", equalTo(List.of(field)))
                .body("violations[0].code", equalTo("contradiction"));
    }

    @Test
    void a_program_begins_a_link_and_gets_the_code_as_text_and_image_and_the_address_of_the_page() throws Exception {
        // When
        ValidatableResponse begun =
                sinar().post("/api/v1/devices/" + merah + "/connect").then();

        // Then
        begun.statusCode(200)
                .body("state", equalTo("scan"))
                .body("qr", equalTo(QR))
                .body("phone", nullValue());
        begun.body("link_url", containsString("/api/v1/devices/" + merah + "/link#"));
        byte[] png = given().header("Authorization", "Bearer " + TestServers.token(Cast.SINAR.value(), "operator"))
                .get("/api/v1/devices/" + merah + "/qr")
                .then()
                .statusCode(200)
                .contentType("image/png")
                .extract()
                .asByteArray();
        assertThat(QrCodeTest.read(png)).isEqualTo(QR);
    }

    @Test
    void a_person_with_the_page_sees_the_code_and_then_that_the_phone_is_online() throws Exception {
        // Given
        String secret = secrets.of(merah, Instant.now().plusSeconds(60));
        given().accept("text/html")
                .get("/api/v1/devices/" + merah + "/link")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .header("Referrer-Policy", "no-referrer")
                .header("Content-Security-Policy", startsWith("default-src 'none'"))
                .body(containsString("history.replaceState"));

        // When
        ValidatableResponse waiting = progress(merah, Map.of("secret", secret, "begin", true));
        bridge.answers("GET " + session, 200, open);
        ValidatableResponse linked = progress(merah, Map.of("secret", secret));

        // Then
        waiting.statusCode(200).body("state", equalTo("scan")).body("qr", startsWith("PHN2Zy"));
        linked.statusCode(200).body("state", equalTo("linked")).body("qr", nullValue());
        linked.body("phone_ends", equalTo("6789"));
        tellThatItIsConnected();
        Cast.awaitStatus(new Cast.Registered(merah, Cast.SINAR, ""), "online");
    }

    /** As the bridge does, by what it was told when the session was opened. */
    private void tellThatItIsConnected() throws Exception {
        JsonNode callback = new ObjectMapper().readTree(opened(session)).path("callback");
        String body = "{\"events\":[{\"id\":\"7\",\"kind\":\"connection\",\"state\":\"open\"}]}";
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(callback.path("secret").asText().getBytes(UTF_8), "HmacSHA256"));
        String signature = HexFormat.of().formatHex(mac.doFinal(("1796000000." + body).getBytes(UTF_8)));
        given().contentType(ContentType.JSON)
                .header("X-Siaran-Timestamp", "1796000000")
                .header("X-Siaran-Signature", "sha256=" + signature)
                .body(body)
                .post("/api/v1/callbacks/" + callback.path("path").asText())
                .then()
                .statusCode(200)
                .body("events", equalTo(1));
    }

    @Test
    void a_secret_opens_one_device_for_a_while() {
        // Given
        DeviceId biru = DeviceId.of(
                registered(Map.of("name", "biru", "platform", "")).extract().path("id"));
        String late = secrets.of(merah, Instant.now().minusSeconds(1));
        String right = secrets.of(merah, Instant.now().plusSeconds(60));
        String longer = "9" + right;

        // Then
        progress(merah, Map.of("secret", late)).statusCode(404);
        progress(merah, Map.of("secret", longer)).statusCode(404);
        progress(biru, Map.of("secret", right)).statusCode(404);
        progress(new DeviceId(UUID.randomUUID()), Map.of("secret", right)).statusCode(404);
        sinar().delete("/api/v1/devices/" + merah).then().statusCode(204);
        progress(merah, Map.of("secret", right)).statusCode(404);
    }

    @Test
    void a_code_to_type_is_given_for_a_phone_and_refused_where_none_waits() {
        // Given
        String secret = secrets.of(merah, Instant.now().plusSeconds(60));
        String path = "POST " + session + "/pairing-code";
        bridge.answers(path, 200, "{\"code\":\"ABCD1234\"}");

        // Then
        sinar().body(Map.of("phone", "012-345 6789"))
                .post("/api/v1/devices/" + merah + "/pairing-code")
                .then()
                .statusCode(200)
                .body("code", equalTo("ABCD1234"));
        sinar().contentType("text/plain")
                .body("012-345 6789")
                .post("/api/v1/devices/" + merah + "/pairing-code")
                .then()
                .statusCode(415);
        progress(merah, Map.of("secret", secret, "phone", "60123456789"))
                .statusCode(200)
                .body("pairing_code", equalTo("ABCD1234"));
        progress(merah, Map.of("secret", secret, "phone", "12"))
                .statusCode(400)
                .body("violations[0].field", equalTo("phone"));
        bridge.answers(path, 409, "{\"error\":\"not_linking\"}");
        progress(merah, Map.of("secret", secret, "phone", "60123456789")).statusCode(409);
    }

    @Test
    void a_phone_is_logged_out_when_its_owner_says_so_and_when_its_device_is_deleted() {
        // Given
        sinar().post("/api/v1/devices/" + merah + "/connect").then().statusCode(200);

        // When
        sinar().post("/api/v1/devices/" + merah + "/disconnect").then().statusCode(204);
        sinar().delete("/api/v1/devices/" + merah).then().statusCode(204);
        unlinkDeleted.unlinkSome();
        unlinkDeleted.unlinkSome();

        // Then
        await().atMost(Duration.ofSeconds(5)).until(() -> erased() == 2);
    }

    @Test
    void only_the_devices_own_number_may_be_linked_where_it_has_one() {
        // Given
        Map<String, Object> hijau = Map.of("name", "hijau", "platform", "", "phone", "011-2222 3333");
        DeviceId id = DeviceId.of(registered(hijau).extract().path("id"));
        bridge.answers("GET /v1/placement/" + id, 200, "{\"address\":\"" + bridge.url() + "\",\"owned\":false}");
        bridge.answers("PUT /v1/sessions/" + id, 202, "{\"state\":\"logged_out\",\"detail\":\"other_phone\"}");

        // When
        ValidatableResponse begun =
                sinar().post("/api/v1/devices/" + id + "/connect").then();

        // Then
        begun.statusCode(200).body("state", equalTo("ended")).body("reason", containsString("another number"));
        assertThat(opened("/v1/sessions/" + id)).contains("\"phone\":\"601122223333\"");
        sinar().post("/api/v1/devices/" + merah + "/connect").then().statusCode(200);
        assertThat(opened(session)).doesNotContain("\"phone\"");
    }

    @Test
    void a_phone_that_another_device_is_gets_refused_and_what_it_sent_goes_with_it_when_it_moves() {
        // Given
        bridge.answers("GET " + session, 200, open);
        bridge.answers("PUT " + session, 202, open);
        sinar().post("/api/v1/devices/" + merah + "/connect").then().body("state", equalTo("linked"));
        database.run(
                "INSERT INTO device_pacing (device_id, busy_until, counted_day, sent_on_day)"
                        + " VALUES ($1, clock_timestamp() + interval '1 hour', current_date, 7)",
                merah.value());
        DeviceId biru = DeviceId.of(Cast.as(Cast.MAJU, "operator")
                .body(Map.of("name", "biru", "platform", ""))
                .post("/api/v1/devices")
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
        String other = "/v1/sessions/" + biru;
        bridge.answers("GET /v1/placement/" + biru, 200, "{\"address\":\"" + bridge.url() + "\",\"owned\":false}");
        bridge.answers("PUT " + other, 202, open);
        bridge.answers("GET " + other, 200, open);
        bridge.answers("DELETE " + other, 204, "");

        // When
        ValidatableResponse refused = majuConnects(biru);
        sinar().delete("/api/v1/devices/" + merah).then().statusCode(204);
        ValidatableResponse linked = majuConnects(biru);

        // Then
        refused.body("state", equalTo("ended")).body("reason", containsString("another device"));
        assertThat(bridge.asked())
                .anyMatch(
                        asked -> asked.method().equals("DELETE") && asked.uri().equals(other));
        linked.body("state", equalTo("linked"));
        Row taken = database.run(
                        "SELECT sent_on_day, busy_until > clock_timestamp() + interval '50 minutes' AS pauses"
                                + " FROM device_pacing WHERE device_id = $1",
                        biru.value())
                .iterator()
                .next();
        assertThat(taken.getInteger("sent_on_day")).isEqualTo(7);
        assertThat(taken.getBoolean("pauses")).isTrue();
    }

    @Test
    void its_owner_sees_which_phone_is_linked_and_finds_the_device_by_it_until_it_is_logged_out() {
        // Given
        bridge.answers("PUT " + session, 202, open);

        // When
        sinar().post("/api/v1/devices/" + merah + "/connect").then().body("state", equalTo("linked"));

        // Then
        shown().body("linked_phone", equalTo(phone)).body("phone", nullValue());
        for (String filter : List.of("phone", "q")) {
            sinar().queryParam(filter, phone)
                    .get("/api/v1/devices")
                    .then()
                    .statusCode(200)
                    .body("items.id", equalTo(List.of(merah.toString())))
                    .body("items.linked_phone", equalTo(List.of(phone)));
        }
        sinar().post("/api/v1/devices/" + merah + "/disconnect").then().statusCode(204);
        shown().body("linked_phone", nullValue());
    }

    @Test
    void a_phone_that_was_logged_out_at_its_own_end_is_its_devices_until_another_device_is_linked_to_it() {
        // Given
        bridge.answers("PUT " + session, 202, open);
        sinar().post("/api/v1/devices/" + merah + "/connect").then().body("state", equalTo("linked"));
        database.run(
                "UPDATE devices SET condition = 'refused', status = 'offline', status_reason = 'logged out',"
                        + " refusal_cause = 'logged_out' WHERE id = $1",
                merah.value());
        shown().body("linked_phone", equalTo(phone));
        DeviceId biru = DeviceId.of(
                registered(Map.of("name", "biru", "platform", "")).extract().path("id"));
        bridge.answers("GET /v1/placement/" + biru, 200, "{\"address\":\"" + bridge.url() + "\",\"owned\":false}");
        bridge.answers("PUT /v1/sessions/" + biru, 202, open);

        // When
        sinar().post("/api/v1/devices/" + biru + "/connect").then().body("state", equalTo("linked"));

        // Then
        shown().body("linked_phone", nullValue());
        sinar().get("/api/v1/devices/" + biru).then().body("linked_phone", equalTo(phone));
    }

    private ValidatableResponse shown() {
        return sinar().get("/api/v1/devices/" + merah).then().statusCode(200);
    }

    private static ValidatableResponse majuConnects(DeviceId device) {
        return Cast.as(Cast.MAJU, "operator")
                .post("/api/v1/devices/" + device + "/connect")
                .then()
                .statusCode(200);
    }

    @Test
    void a_bridge_that_is_away_is_said_and_nothing_is_lost() {
        // Given
        bridge.close();

        // Then
        sinar().post("/api/v1/devices/" + merah + "/connect")
                .then()
                .statusCode(200)
                .body("state", equalTo("unreachable"));
        sinar().post("/api/v1/devices/" + merah + "/disconnect").then().statusCode(503);
        sinar().delete("/api/v1/devices/" + merah).then().statusCode(204);
        unlinkDeleted.unlinkSome();
        bridge = PlatformStub.start(TestServers.bridgePort());
        bridge.answers("GET /v1/placement/" + merah, 200, "{\"address\":\"" + bridge.url() + "\",\"owned\":true}");
        bridge.answers("DELETE " + session, 204, "");
        unlinkDeleted.unlinkSome();
        assertThat(erased()).isEqualTo(1);
    }

    @Test
    void phones_that_cannot_be_logged_out_keep_no_other_waiting() {
        // Given: more than one look takes
        for (int i = 0; i < 25; i++) {
            deletedWithALink("stuck " + i);
        }
        DeviceId last = deletedWithALink("last");
        bridge.answers("GET /v1/placement/" + last, 200, "{\"address\":\"" + bridge.url() + "\",\"owned\":true}");
        bridge.answers("DELETE /v1/sessions/" + last, 204, "");

        // When
        unlinkDeleted.unlinkSome();
        unlinkDeleted.unlinkSome();

        // Then
        assertThat(bridge.asked())
                .anyMatch(
                        asked -> asked.method().equals("DELETE") && asked.uri().equals("/v1/sessions/" + last));
    }

    private DeviceId deletedWithALink(String name) {
        DeviceId device = DeviceId.of(
                registered(Map.of("name", name, "platform", "")).extract().path("id"));
        database.run("UPDATE devices SET link_begun = true WHERE id = $1", device.value());
        sinar().delete("/api/v1/devices/" + device).then().statusCode(204);
        return device;
    }

    @Test
    void only_the_owner_may_and_only_a_device_of_the_bridge_can() {
        // Given
        String wablas = registered(
                        Map.of("name", "kuning", "platform", "wablas", "credential", "sim-" + UUID.randomUUID()))
                .extract()
                .path("id");

        // Then
        given().contentType(ContentType.JSON)
                .post("/api/v1/devices/" + merah + "/connect")
                .then()
                .statusCode(401);
        Cast.as(Cast.SINAR, "viewer")
                .post("/api/v1/devices/" + merah + "/connect")
                .then()
                .statusCode(403);
        Cast.as(new UserId("somebody-else"), "operator")
                .post("/api/v1/devices/" + merah + "/connect")
                .then()
                .statusCode(404);
        sinar().post("/api/v1/devices/" + wablas + "/connect")
                .then()
                .statusCode(409)
                .body("detail", endsWith("not here"));
    }

    /** What that session was opened with, the first time. */
    private String opened(String uri) {
        return bridge.asked().stream()
                .filter(asked -> asked.method().equals("PUT") && asked.uri().equals(uri))
                .findFirst()
                .orElseThrow()
                .body();
    }

    private long erased() {
        return bridge.asked().stream()
                .filter(asked -> asked.method().equals("DELETE") && asked.uri().equals(session))
                .count();
    }

    private static RequestSpecification sinar() {
        return Cast.as(Cast.SINAR, "operator");
    }

    private static ValidatableResponse registered(Map<String, Object> body) {
        return sinar().body(body).post("/api/v1/devices").then().statusCode(201);
    }

    private static ValidatableResponse progress(DeviceId device, Map<String, Object> question) {
        return given().contentType(ContentType.JSON)
                .body(question)
                .post("/api/v1/devices/" + device + "/link/progress")
                .then();
    }
}
