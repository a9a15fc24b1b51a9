package io.siaran.gateway.callback;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.device.CallbackSecrets;
import io.siaran.gateway.scene.PlatformDevices;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeviceId;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

/** Who gets in: the platform of that device, and nobody else. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class CallbackDoorTest extends CallbackScene {

    @Inject
    CallbackRates rates;

    @Inject
    CalledDevices devices;

    @Inject
    CallbackSecrets secrets;

    @Inject
    CallbackCrowd crowd;

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
    void an_address_that_has_ended_uses_up_nothing_of_the_one_that_holds() {
        // Given
        Registered merah = PlatformDevices.device(Cast.SINAR, "evolution", Map.of());
        String ended = address(merah);
        post(ended, CallbackForms.delivered("evolution", "one")).statusCode(200);
        rotate(merah);
        rotate(merah);

        // When
        post(ended, receipts(1_000)).statusCode(404);

        // Then
        post(address(merah), CallbackForms.delivered("evolution", "one")).statusCode(200);
    }

    @Test
    void who_calls_an_address_that_is_known_to_have_ended_takes_no_place_of_its_user() throws Exception {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        String ended = address(merah);
        rotate(merah);
        rotate(merah);
        CallbackAddress first = new CallbackAddress(merah.id(), 1);
        await().atMost(PATIENCE).until(() -> devices.hasEnded(first));
        List<TricklingCallback> trickling = new ArrayList<>();
        try {
            // When
            for (int n = 0; n < 8; n++) {
                trickling.add(TricklingCallback.to(RestAssured.port, ended));
            }

            // Then
            Instant before = Instant.now();
            post(address(merah), reply("in-1", "60121111111", "STOP")).statusCode(200);
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(4));
        } finally {
            trickling.forEach(TricklingCallback::close);
        }
        awaitWorkedOff(merah);
    }

    @Test
    void a_rotation_that_is_told_again_for_its_key_ends_no_address_and_none_of_its_secrets_is_kept() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        String first = address(merah);
        String path = "/api/v1/devices/" + merah.id() + "/callback";

        // When
        Response once = rotated(merah, "key-1");
        Response again = rotated(merah, "key-1");
        String kept = database.run("SELECT answer FROM idempotency_keys WHERE path = $1", path + "/rotate")
                .iterator()
                .next()
                .getString(0);

        // Then
        assertThat(again.asString()).isEqualTo(once.asString());
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(URI.create(once.path("callback_url")).getPath()).isEqualTo(address(merah));
        assertThat(kept).doesNotContain(secret(merah));
        assertThat(kept).doesNotContain(address(merah).substring(address(merah).lastIndexOf('/') + 1));
        post(first, reply("in-1", "60121111111", "Hai")).statusCode(200);
        assertThat(rotated(merah, "key-2").asString()).isNotEqualTo(once.asString());
    }

    private static Response rotated(Registered device, String key) {
        Response answer = Cast.as(device.user(), "operator")
                .header("Idempotency-Key", key)
                .post("/api/v1/devices/" + device.id() + "/callback/rotate");
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer;
    }

    @Test
    void a_platform_that_calls_far_too_often_is_told_to_wait_and_holds_up_no_other() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        Registered biru = Cast.device(Cast.SINAR, "biru");
        String address = address(merah);
        CallbackAddress known = new CallbackAddress(merah.id(), 1);
        long ahead = System.nanoTime() + 60_000_000_000L;
        int allowed = 0;
        while (rates.allows(known, 1, ahead)) {
            allowed++;
        }
        assertThat(allowed).isEqualTo(400);

        // When / Then
        Taken hello = new Taken(Cast.message(), "wb-1");
        post(address, receipt(hello, "delivered")).statusCode(429).header("Retry-After", "2");
        // A platform that does not try again must not lose it.
        post(address, reply("in-1", "60121111111", "STOP")).statusCode(200);
        post(address(biru), reply("in-1", "60121111111", "Hai")).statusCode(200);
        while (rates.allowsReply(known, 1, ahead)) {
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
        String many = receipts(1_000);
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

        // When
        postTooLong(address(merah), 6);

        // Then
        post(address(merah), reply("in-1", "60121111111", "Hai")).statusCode(200);
    }

    /** In parts, so that nothing says before how long it is. */
    private static void postTooLong(String path, int times) throws InterruptedException {
        URI address = URI.create(RestAssured.baseURI + ":" + RestAssured.port + path);
        byte[] large = new byte[1_200_000];
        HttpRequest chunked = HttpRequest.newBuilder(address)
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", "text/plain")
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
                .build();
        HttpClient platform = HttpClient.newHttpClient();
        try {
            for (int i = 0; i < times; i++) {
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
    }

    @Test
    void a_user_whose_bodies_trickle_is_let_go_and_keeps_no_other_out() throws Exception {
        // Given
        Registered biru = Cast.device(Cast.SINAR, "biru");
        List<Registered> slow = IntStream.range(0, 8)
                .mapToObj(n -> Cast.device(Cast.MAJU, "slow-" + n))
                .toList();
        List<TricklingCallback> trickling = new ArrayList<>();
        await().atMost(PATIENCE)
                .until(() -> Stream.concat(slow.stream(), Stream.of(biru))
                        .allMatch(device -> devices.owner(device.id()).isPresent()));
        try {
            // When
            for (Registered device : slow) {
                String address = address(device);
                for (int n = 0; n < 32; n++) {
                    trickling.add(TricklingCallback.to(RestAssured.port, address));
                }
            }

            // Then
            for (int n = 0; n < 20; n++) {
                Instant before = Instant.now();
                post(address(biru), reply("in-" + n, "60121111111", "Hai")).statusCode(200);
                assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(4));
            }
            await().atMost(PATIENCE)
                    .until(() -> trickling.stream()
                                    .filter(each -> each.answer().startsWith("HTTP/1.1 408"))
                                    .count()
                            >= 3);
        } finally {
            trickling.forEach(TricklingCallback::close);
        }
        awaitWorkedOff(biru);
    }

    /** A place is 64 KiB, and three of the four are one user's. */
    @Test
    void what_is_long_takes_several_places_from_its_user_and_from_no_other() throws Exception {
        // Given
        Registered merah = Cast.device(Cast.MAJU, "merah");
        Registered hijau = Cast.device(Cast.MAJU, "hijau");
        Registered biru = Cast.device(Cast.SINAR, "biru");
        await().atMost(PATIENCE)
                .until(() -> Stream.of(merah, hijau, biru)
                        .allMatch(device -> devices.owner(device.id()).isPresent()));

        // When
        try (TricklingCallback _ = TricklingCallback.to(RestAssured.port, address(merah), 150_000);
                TricklingCallback _ = TricklingCallback.to(RestAssured.port, address(hijau), 150_000)) {
            await().atMost(Duration.ofSeconds(4)).until(() -> crowd.waiting() == 1);

            // Then
            Instant before = Instant.now();
            post(address(biru), reply("in-1", "60121111111", "Hai")).statusCode(200);
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(4));
        }
        awaitWorkedOff(biru);
    }

    @Test
    void those_of_devices_whose_user_is_not_known_yet_keep_no_other_out_either() throws Exception {
        // Given
        Registered biru = Cast.device(Cast.SINAR, "biru");
        await().atMost(PATIENCE).until(() -> devices.owner(biru.id()).isPresent());
        List<TricklingCallback> trickling = new ArrayList<>();
        try {
            // When
            for (int n = 0; n < 8; n++) {
                DeviceId never = new DeviceId(UUID.randomUUID());
                trickling.add(TricklingCallback.to(
                        RestAssured.port,
                        "/api/v1/callbacks/wablas/" + never + "/" + secrets.ofAddress("wablas", never, 1)));
            }

            // Then
            Instant before = Instant.now();
            post(address(biru), reply("in-1", "60121111111", "Hai")).statusCode(200);
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(4));
        } finally {
            trickling.forEach(TricklingCallback::close);
        }
        awaitWorkedOff(biru);
    }

    @Test
    void a_caller_that_goes_in_the_middle_or_does_not_end_leaves_no_secret_in_the_log() throws Exception {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        String address = address(merah);
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler log = listener(line -> logged.add(ExtLogRecord.wrap(line).getFormattedMessage()));
        Logger.getLogger("").addHandler(log);
        try {
            // When
            TricklingCallback caller = TricklingCallback.to(RestAssured.port, address);
            post(address, reply("in-1", "60121111111", "Hai")).statusCode(200);
            caller.close();
            postTooLong(address, 1);

            // Then
            await().during(Duration.ofSeconds(1))
                    .atMost(PATIENCE)
                    .until(() -> logged.stream().noneMatch(line -> line.contains(address)));
        } finally {
            Logger.getLogger("").removeHandler(log);
        }
        awaitWorkedOff(merah);
    }

    private static Handler listener(Consumer<LogRecord> heard) {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                heard.accept(line);
            }

            @Override
            public void flush() {
                // Nothing is kept back.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
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

    /** Of Evolution API, so many at once. */
    private static String receipts(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> "{\"keyId\":\"many-" + n + "\",\"fromMe\":true,\"status\":\"READ\"}")
                .collect(Collectors.joining(",", "{\"event\":\"messages.update\",\"data\":[", "]}"));
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
