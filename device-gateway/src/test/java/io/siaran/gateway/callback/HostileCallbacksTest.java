package io.siaran.gateway.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.localstack.TestServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** 10,000 bodies that nobody should send: no answer is a 5xx, and nothing that was known changes. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class HostileCallbacksTest extends CallbackScene {

    private static final int DEVICES = 20;
    private static final int BODIES = 5_000;
    private static final int AT_ONCE = 50;

    private static final List<String> RIGHT = List.of(
            "{\"id\":\"wb-0\",\"phone\":\"60121111111\",\"status\":\"delivered\",\"note\":\"\",\"sender\":\"60110000000\",\"deviceId\":\"x\"}",
            "{\"id\":\"in-0\",\"pushName\":\"Ani\",\"isGroup\":false,\"message\":\"Hai\",\"phone\":\"60121111111\",\"messageType\":\"text\",\"file\":\"\",\"url\":\"\",\"deviceId\":\"x\",\"sender\":\"60110000000\",\"isFromMe\":false,\"timestamp\":1732845600}",
            "{\"deviceId\":\"x\",\"deviceName\":\"x\",\"sender\":\"60110000000\",\"status\":\"connected\",\"note\":\"\",\"timestamp\":1732845600}");

    private static final List<String> TYPES = List.of(
            "application/json", "text/plain", "application/x-www-form-urlencoded", "application/octet-stream", "x/y");

    @TestHTTPResource("/")
    URI server;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void a_stranger_learns_nothing_and_changes_nothing() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        String right = address(merah);
        String wrong = right.substring(0, right.length() - 4) + "AAAA";
        String before = everything();

        // When
        Map<Integer, Long> answers =
                tell(IntStream.range(0, BODIES).mapToObj(_ -> wrong).toList(), new Random(1));

        // Then
        assertThat(answers).containsOnlyKeys(404);
        assertThat(waiting(merah)).isZero();
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void a_platform_gone_mad_changes_nothing_that_was_known() {
        // Given
        List<Registered> devices = IntStream.range(0, DEVICES)
                .mapToObj(i -> Cast.device(Cast.SINAR, "merah-" + i))
                .toList();
        List<String> addresses = devices.stream().map(CallbackScene::address).toList();
        Taken hello = taken(devices.getFirst(), Cast.ANI);
        String before = everything();

        // When
        Map<Integer, Long> answers = tell(
                IntStream.range(0, BODIES)
                        .mapToObj(i -> addresses.get(i % DEVICES))
                        .toList(),
                new Random(2));

        // Then
        assertThat(answers.keySet()).isSubsetOf(200, 400);
        assertThat(answers).containsKeys(200, 400);
        assertThat(everything()).isEqualTo(before);
        assertThat(superseded(hello)).isFalse();
        post(addresses.getFirst(), receipt(hello, "delivered")).statusCode(200);
        assertThat(events(devices.getFirst(), 1)).hasSize(1);
    }

    private Map<Integer, Long> tell(List<String> addresses, Random random) {
        Mutations mutations = new Mutations(random);
        Map<Integer, Long> answers = new TreeMap<>();
        List<CompletableFuture<?>> underWay = new ArrayList<>();
        for (String address : addresses) {
            byte[] body = mutations.of(RIGHT.get(random.nextInt(RIGHT.size())));
            HttpRequest request = HttpRequest.newBuilder(server.resolve(address))
                    .header("Content-Type", TYPES.get(random.nextInt(TYPES.size())))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
            underWay.add(http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                    .thenAccept(answer -> {
                        assertThat(answer.statusCode())
                                .as(() -> Base64.getEncoder().encodeToString(body))
                                .isLessThan(500);
                        synchronized (answers) {
                            answers.merge(answer.statusCode(), 1L, Long::sum);
                        }
                    }));
            if (underWay.size() == AT_ONCE) {
                CompletableFuture.allOf(underWay.toArray(CompletableFuture[]::new))
                        .join();
                underWay.clear();
            }
        }
        CompletableFuture.allOf(underWay.toArray(CompletableFuture[]::new)).join();
        return answers;
    }

    /** What is known of messages and what was told of them. */
    private String everything() {
        return database.run("SELECT (SELECT count(*) || ' ' || coalesce(sum(try_no), 0) || ' '"
                        + " || count(*) FILTER (WHERE superseded) FROM send_journal) || ' | '"
                        + " || (SELECT count(*) || ' ' || count(*) FILTER (WHERE delivered) || ' ' || count(*) FILTER (WHERE read)"
                        + " || ' ' || count(*) FILTER (WHERE refused) FROM sent_messages) AS known")
                .iterator()
                .next()
                .getString("known");
    }
}
