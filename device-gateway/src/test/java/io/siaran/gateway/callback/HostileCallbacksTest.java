package io.siaran.gateway.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.scene.PlatformDevices;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** 10,000 bodies that nobody should send: no answer is a 5xx, and nothing that was known changes. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class HostileCallbacksTest extends CallbackScene {

    private static final int DEVICES_EACH = 6;
    private static final int STRANGERS = 2_000;
    private static final int PLATFORMS_GONE_MAD = 8_000;
    private static final int AT_ONCE = 50;

    private static final List<String> TYPES = List.of(
            "application/json", "text/plain", "application/x-www-form-urlencoded", "application/octet-stream", "x/y");

    @TestHTTPResource("/")
    URI server;

    private final HttpClient http = HttpClient.newHttpClient();

    /** Where bodies of a platform go, and what they are signed with. */
    private record Target(String platform, String address, String secret) {}

    @Test
    void a_stranger_learns_nothing_and_changes_nothing() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        String right = address(merah);
        String wrong = right.substring(0, right.length() - 4) + "AAAA";
        String before = everything();

        // When
        Map<Integer, Long> answers = tell(List.of(new Target("wablas", wrong, "")), STRANGERS, new Random(1));

        // Then
        assertThat(answers).containsOnlyKeys(404);
        assertThat(waiting(merah)).isZero();
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void a_platform_gone_mad_changes_nothing_that_was_known() {
        // Given
        List<Target> targets = CallbackForms.PLATFORMS.stream()
                .flatMap(platform -> Stream.generate(() -> device(platform)).limit(DEVICES_EACH))
                .toList();
        Registered merah = Cast.device(Cast.SINAR, "merah");
        Taken hello = taken(merah, Cast.ANI);
        String before = everything();

        // When
        Map<Integer, Long> answers = tell(targets, PLATFORMS_GONE_MAD, new Random(2));

        // Then
        assertThat(answers.keySet()).isSubsetOf(200, 400);
        assertThat(answers).containsKeys(200, 400);
        assertThat(everything()).isEqualTo(before);
        assertThat(superseded(hello)).isFalse();
        post(address(merah), receipt(hello, "delivered")).statusCode(200);
        assertThat(events(merah, 1)).hasSize(1);
    }

    private static Target device(String platform) {
        Registered device = PlatformDevices.device(Cast.SINAR, platform, Map.of());
        return new Target(platform, address(device), secret(device));
    }

    private Map<Integer, Long> tell(List<Target> targets, int bodies, Random random) {
        Mutations mutations = new Mutations(random);
        Map<Integer, Long> answers = new ConcurrentHashMap<>();
        List<CompletableFuture<?>> underWay = new ArrayList<>();
        for (int i = 0; i < bodies; i++) {
            Target target = targets.get(i % targets.size());
            List<String> right = CallbackForms.all(target.platform());
            byte[] body = mutations.of(right.get(random.nextInt(right.size())));
            underWay.add(http.sendAsync(request(target, body, random), HttpResponse.BodyHandlers.discarding())
                    .thenAccept(answer -> {
                        assertThat(answer.statusCode())
                                .as(() -> Base64.getEncoder().encodeToString(body))
                                .isLessThan(500);
                        answers.merge(answer.statusCode(), 1L, Long::sum);
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

    private HttpRequest request(Target target, byte[] body, Random random) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(target.address()))
                .header("Content-Type", TYPES.get(random.nextInt(TYPES.size())))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        CallbackForms.signature(target.platform(), target.secret(), body).forEach(request::header);
        return request.build();
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
