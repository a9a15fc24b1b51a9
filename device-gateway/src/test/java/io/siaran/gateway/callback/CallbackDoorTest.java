package io.siaran.gateway.callback;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.scene.PlatformDevices;
import io.siaran.localstack.TestServers;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who gets in: the platform of that device, and nobody else. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class CallbackDoorTest extends CallbackScene {

    @Inject
    CallbackRates rates;

    @Test
    void whatever_is_wrong_with_an_address_the_answer_is_the_same() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        Registered biru = Cast.device(Cast.MAJU, "biru");
        String right = address(merah);
        String secret = right.substring(right.lastIndexOf('/') + 1);
        String here = "/api/v1/callbacks/wablas/";
        List<String> wrong = List.of(
                here + merah.id() + "/" + withAnotherEnd(secret),
                here + merah.id() + "/2" + secret.substring(1),
                here + merah.id() + "/x",
                here + biru.id() + "/" + secret,
                here + "01936f2e-0000-7000-8000-00000000dead/" + secret,
                here + "no-id/" + secret,
                "/api/v1/callbacks/whacenter/" + merah.id() + "/" + secret,
                "/api/v1/callbacks/nobody/" + merah.id() + "/" + secret);

        // When
        List<Map<String, Object>> answers = wrong.stream()
                .map(path -> {
                    Response answer = given().contentType("application/json")
                            .body(reply("in-1", "60121111111", "Hai"))
                            .post(path);
                    assertThat(answer.statusCode()).as(path).isEqualTo(404);
                    Map<String, Object> body = answer.jsonPath().getMap("$");
                    body.remove("instance");
                    return body;
                })
                .toList();

        // Then
        assertThat(answers).allMatch(answers.getFirst()::equals);
        assertThat(waiting(merah) + waiting(biru)).isZero();
    }

    @Test
    void the_address_is_shown_to_operators_of_its_user_only() {
        Registered merah = Cast.device(Cast.SINAR, "merah");
        String path = "/api/v1/devices/" + merah.id() + "/callback";

        Cast.as(Cast.SINAR, "viewer").get(path).then().statusCode(403);
        Cast.as(Cast.MAJU, "operator").get(path).then().statusCode(404);
        Cast.as(Cast.SINAR, "operator")
                .get(path)
                .then()
                .statusCode(200)
                .body("previous_until", nullValue())
                .body("callback_url", startsWith("/api/v1/callbacks/wablas/" + merah.id() + "/1."));
        assertThat(Cast.as(Cast.SINAR, "operator")
                        .get("/api/v1/devices/" + merah.id())
                        .asString())
                .doesNotContain(address(merah).substring(60));
    }

    @Test
    void a_rotated_secret_holds_for_a_while_and_the_one_before_it_does_not() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        String first = address(merah);
        rotate(merah);
        String second = address(merah);
        post(first, reply("in-1", "60121111111", "Hai")).statusCode(200);
        post(second, reply("in-2", "60121111111", "Hai")).statusCode(200);

        // When
        rotate(merah);

        // Then
        post(first, reply("in-3", "60121111111", "Hai")).statusCode(404);
        post(second, reply("in-4", "60121111111", "Hai")).statusCode(200);
        database.run(
                "UPDATE devices SET callback_rotated_at = callback_rotated_at - interval '8 days' WHERE id = $1",
                merah.id().value());
        post(second, reply("in-5", "60121111111", "Hai")).statusCode(404);
        post(address(merah), reply("in-6", "60121111111", "Hai")).statusCode(200);
    }

    @Test
    void a_platform_that_calls_far_too_often_is_told_to_wait_and_holds_up_no_other() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        Registered biru = Cast.device(Cast.SINAR, "biru");
        String address = address(merah);
        long ahead = System.nanoTime() + 60_000_000_000L;
        int allowed = 0;
        while (rates.allows(merah.id(), 1, ahead)) {
            allowed++;
        }
        assertThat(allowed).isEqualTo(400);

        // When / Then
        Taken hello = new Taken(Cast.message(), "wb-1");
        post(address, receipt(hello, "delivered")).statusCode(429).header("Retry-After", "2");
        // A platform that does not try again must not lose it.
        post(address, reply("in-1", "60121111111", "STOP")).statusCode(200);
        post(address(biru), reply("in-1", "60121111111", "Hai")).statusCode(200);
        while (rates.allowsReply(merah.id(), 1, ahead)) {
            allowed++;
        }
        post(address, reply("in-2", "60121111111", "Hai")).statusCode(429);
        awaitWorkedOff(merah);
        assertThat(allowed).isEqualTo(800);
    }

    @Test
    void a_callback_counts_for_all_that_it_tells_and_a_stop_comes_in_all_the_same() {
        // Given
        Registered merah = PlatformDevices.device(Cast.SINAR, "evolution", Map.of());
        String address = address(merah);
        String entries = IntStream.range(0, 1_000)
                .mapToObj(n -> "{\"keyId\":\"many-" + n + "\",\"fromMe\":true,\"status\":\"READ\"}")
                .collect(Collectors.joining(","));
        String many = "{\"event\":\"messages.update\",\"data\":[" + entries + "]}";
        String reply = CallbackForms.reply("evolution", "in-1");

        // When / Then
        post(address, many).statusCode(200);
        post(address, many).statusCode(429);
        post(address, CallbackForms.delivered("evolution", "one")).statusCode(429);
        post(address, reply).statusCode(200);
        // One word of a person opens the door no further than its own rate.
        String both = "{\"event\":\"messages.upsert\",\"data\":["
                + IntStream.range(0, 1_000)
                        .mapToObj(n -> reply.substring(reply.indexOf("\"data\":") + 7, reply.length() - 1)
                                .replace("in-1", "in-" + n))
                        .collect(Collectors.joining(","))
                + "]}";
        post(address, both).statusCode(200);
        post(address, reply).statusCode(429);
    }

    @Test
    void callbacks_that_wait_in_line_are_stored_whole() throws Exception {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        String address = address(merah);

        // When
        List<Integer> answers;
        try (ExecutorService platform = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = platform
                    .invokeAll(IntStream.range(0, 40)
                            .mapToObj(n -> (Callable<Integer>) () -> given().contentType("application/json")
                                    .body(reply("line-" + n, "60121111111", "Hai ".repeat(2_000)))
                                    .post(address)
                                    .statusCode())
                            .toList())
                    .stream()
                    .map(Future::resultNow)
                    .toList();
        }

        // Then
        assertThat(answers).hasSize(40).containsOnly(200);
    }

    @Test
    void bodies_that_turn_out_to_be_too_long_take_no_place_for_good() throws Exception {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        URI address = URI.create(RestAssured.baseURI + ":" + RestAssured.port + address(merah));
        byte[] large = new byte[1_200_000];
        HttpRequest chunked = HttpRequest.newBuilder(address)
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", "text/plain")
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
                .build();

        // When
        HttpClient platform = HttpClient.newHttpClient();
        try {
            for (int i = 0; i < 6; i++) {
                try {
                    platform.send(chunked, HttpResponse.BodyHandlers.discarding());
                } catch (IOException cutOff) {
                    // As it should be, too.
                }
            }
        } finally {
            // Its close() may wait for ever for an upload that was cut off.
            platform.shutdownNow();
        }

        // Then
        post(address(merah), reply("in-1", "60121111111", "Hai")).statusCode(200);
    }

    @Test
    void a_body_of_more_than_a_megabyte_is_refused() {
        Registered merah = Cast.device(Cast.SINAR, "merah");
        String large = "{\"id\":\"1\",\"message\":\"" + "a".repeat(1_100_000) + "\"}";

        given().contentType("application/json")
                .body(large)
                .post(address(merah))
                .then()
                .statusCode(413);
        given().contentType("text/plain")
                .body(large)
                .post(address(merah))
                .then()
                .statusCode(413);
        assertThat(waiting(merah)).isZero();
    }

    private static void rotate(Registered device) {
        Cast.as(device.user(), "operator")
                .post("/api/v1/devices/" + device.id() + "/callback/rotate")
                .then()
                .statusCode(200);
    }

    /** Another secret whatever the last letter is: one in 64 of them ends with any letter that a test could choose. */
    private static String withAnotherEnd(String secret) {
        String end = secret.endsWith("_") ? "-" : "_";
        return secret.substring(0, secret.length() - 1) + end;
    }
}
