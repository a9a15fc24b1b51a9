package io.siaran.campaign.lead;

import static io.siaran.campaign.Cast.as;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.siaran.campaign.Cast;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeviceId;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class UploadCrowdTest {

    @Inject
    Cast cast;

    @Inject
    Database database;

    @Inject
    ImportConfig config;

    private final String user = Cast.newUser();
    private DeviceId merah;

    @BeforeEach
    void link() {
        merah = cast.device(user);
    }

    @Test
    void one_file_more_than_a_user_may_send_at_once_is_refused_and_one_of_another_is_not() throws IOException {
        // Given
        Socket first = begin();
        Socket second = begin();
        await().until(() -> uploading() == config.uploads().perUser());

        // Then
        upload(user, merah)
                .statusCode(429)
                .header("Retry-After", equalTo("10"))
                .body("code", equalTo("too_many_requests"));
        String other = Cast.newUser();
        upload(other, cast.device(other)).statusCode(202);

        // When
        first.close();
        second.close();

        // Then
        await().until(() -> uploading() == 0);
        await().untilAsserted(() -> upload(user, merah).statusCode(202));
    }

    @Test
    void a_file_that_trickles_is_let_go_and_nothing_of_it_stays() throws IOException {
        try (Socket caller = begin()) {
            // Given
            caller.setSoTimeout(60_000);
            Thread.startVirtualThread(() -> trickle(caller));

            // When
            String answer = new String(caller.getInputStream().readAllBytes(), US_ASCII);

            // Then
            assertThat(answer).startsWith("HTTP/1.1 408 ").contains("urn:siaran:problem:request_timeout");
            await().until(() -> uploading() == 0);
            upload(user, merah).statusCode(202);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/JSON", "text/csv"})
    void a_large_body_is_taken_where_files_are_and_nowhere_else(String type) {
        as(user, "operator")
                .contentType(type)
                .body(("{\"phone\": \"" + "1".repeat(1_500_000) + "\"}").getBytes(US_ASCII))
                .post("/api/v1/leads")
                .then()
                .statusCode(413);
    }

    /** Its head and a first line, of many more that are announced. */
    private Socket begin() throws IOException {
        Socket caller = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
        send(
                caller,
                "POST /api/v1/leads/import?device_id=" + merah
                        + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + TestServers.token(user, "operator")
                        + "\r\nContent-Type: text/csv\r\nContent-Length: 1000000\r\n\r\nphone\n");
        return caller;
    }

    private static void send(Socket caller, String text) throws IOException {
        caller.getOutputStream().write(text.getBytes(US_ASCII));
        caller.getOutputStream().flush();
    }

    private static void trickle(Socket caller) {
        try {
            while (!caller.isClosed()) {
                send(caller, "6");
                Thread.sleep(Duration.ofMillis(200));
            }
        } catch (IOException | InterruptedException cutOff) {
            // As it should be.
        }
    }

    private long uploading() {
        return database.run("SELECT FROM imports WHERE user_id = $1 AND status = 'uploading'", user)
                .rowCount();
    }

    private static ValidatableResponse upload(String user, DeviceId device) {
        return as(user, "operator")
                .contentType("text/csv")
                .body(("phone\n" + Cast.ANI + "\n").getBytes(US_ASCII))
                .post("/api/v1/leads/import?device_id=" + device)
                .then();
    }
}
