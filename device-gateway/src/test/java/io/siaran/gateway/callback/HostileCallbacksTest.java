package io.siaran.gateway.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.provider.PlatformStub;
import io.siaran.gateway.scene.PlatformDevices;
import io.siaran.localstack.TestServers;
import io.siaran.model.UserId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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

    /**
     * Where bodies of a platform go, and what they are signed with.
     *
     * @param named two messages that its bodies name, by the platform's ids and by ours
     */
    private record Target(String platform, Registered device, String address, String secret, List<Taken> named) {

        private Target with(String otherAddress, String otherSecret) {
            return new Target(platform, device, otherAddress, otherSecret, named);
        }

        private Target naming(List<Taken> others) {
            return new Target(platform, device, address, secret, others);
        }

        private String filled(String form) {
            return form.replace("id-0", named.getFirst().id())
                    .replace("id-1", named.getLast().id())
                    .replace("our-0", named.getFirst().message().toString())
                    .replace("our-1", named.getLast().message().toString());
        }
    }

    private PlatformStub bridge;

    /** Every session is open. */
    @BeforeEach
    void startBridge() {
        bridge = PlatformStub.start(TestServers.bridgePort());
        bridge.answers(
                200, "{\"address\":\"%s\",\"owned\":false,\"state\":\"open\",\"me\":null}".formatted(bridge.url()));
    }

    @AfterEach
    void stopBridge() {
        bridge.close();
    }

    /** With the wrong secret in the path, or with the right one and another signature. */
    @Test
    void a_stranger_learns_nothing_and_changes_nothing() {
        // Given
        List<Target> right = CallbackForms.PLATFORMS.stream()
                .map(platform -> known(Cast.SINAR, platform))
                .toList();
        right.forEach(target -> Cast.awaitStatus(target.device(), "online"));
        List<Target> wrong = right.stream()
                .flatMap(target -> Stream.of(
                        target.with(
                                target.address().substring(0, target.address().length() - 4) + "AAAA", target.secret()),
                        target.with(target.address(), "another")))
                .filter(target -> !"another".equals(target.secret()) || isSigned(target))
                .toList();
        String before = everything(right);

        // When
        Map<Integer, Long> answers = tell(wrong, STRANGERS, new Random(1));

        // Then
        assertThat(wrong).hasSize(CallbackForms.PLATFORMS.size() + 3);
        assertThat(answers).containsOnlyKeys(404);
        assertThat(everything(right)).isEqualTo(before);
    }

    @Test
    void a_platform_gone_mad_changes_nothing_that_was_known() {
        // Given
        List<Target> targets = CallbackForms.PLATFORMS.stream()
                .flatMap(platform ->
                        Stream.generate(() -> known(Cast.SINAR, platform)).limit(DEVICES_EACH))
                .toList();
        Target other = known(Cast.MAJU, "wablas");
        Cast.awaitStatus(other.device(), "online");
        List<Taken> nobodys = List.of(new Taken(Cast.message(), "none-0"), new Taken(Cast.message(), "none-1"));
        // Their own messages, those of somebody else, and some that nobody sent.
        List<Target> mad = Stream.<UnaryOperator<Target>>of(
                        own -> own, own -> own.naming(other.named()), own -> own.naming(nobodys))
                .flatMap(naming -> targets.stream().map(naming))
                .toList();
        Registered merah = Cast.device(Cast.SINAR, "merah");
        Taken hello = taken(merah, Cast.ANI);
        String before = messages(targets);
        String othersBefore = everything(List.of(other));

        // When
        Map<Integer, Long> answers = tell(mad, PLATFORMS_GONE_MAD, new Random(2));

        // Then
        assertThat(answers.keySet()).isSubsetOf(200, 400);
        assertThat(answers).containsKeys(200, 400);
        targets.forEach(target -> awaitWorkedOffButReceipts(target.device()));
        assertThat(messages(targets)).isEqualTo(before);
        assertThat(everything(List.of(other))).isEqualTo(othersBefore);
        assertThat(superseded(hello)).isFalse();
        post(address(merah), receipt(hello, "delivered")).statusCode(200);
        assertThat(events(merah, 1)).hasSize(1);
    }

    /** A device that sent something, knows who is behind a LID, and has a reply. */
    private Target known(UserId user, String platform) {
        Registered device = PlatformDevices.device(user, platform, Map.of());
        List<Taken> sent = List.of(taken(device, Cast.BUDI), taken(device, Cast.BUDI));
        database.run(
                "INSERT INTO lid_phones (device_id, lid, phone, learnt_at) VALUES ($1, '123456789012345', $2, clock_timestamp())",
                device.id().value(),
                Cast.BUDI.digits());
        database.run(
                "INSERT INTO inbound_messages (id, user_id, device_id, provider_id, phone, type, text, at,"
                        + " received_at) VALUES ($1, $2, $3, 'known', $4, 'text', 'Hai', clock_timestamp(),"
                        + " clock_timestamp())",
                UUID.randomUUID(),
                device.user().value(),
                device.id().value(),
                Cast.BUDI.digits());
        return new Target(platform, device, address(device), secret(device), sent);
    }

    private static boolean isSigned(Target target) {
        return !CallbackForms.signature(target.platform(), "x", new byte[0]).isEmpty();
    }

    private void awaitWorkedOffButReceipts(Registered device) {
        await().atMost(PATIENCE)
                .until(() -> database.run(
                                        "SELECT FROM callback_inbox WHERE device_id = $1 AND purpose <> 'receipt'",
                                        device.id().value())
                                .rowCount()
                        == 0);
    }

    private Map<Integer, Long> tell(List<Target> targets, int bodies, Random random) {
        Mutations mutations = new Mutations(random);
        Map<Integer, Long> answers = new ConcurrentHashMap<>();
        List<CompletableFuture<?>> underWay = new ArrayList<>();
        for (int i = 0; i < bodies; i++) {
            Target target = targets.get(i % targets.size());
            List<String> right = CallbackForms.all(target.platform());
            String form = target.filled(right.get(random.nextInt(right.size())));
            byte[] body = mutations.of(form);
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

    /**
     * What is known of the messages of these devices, of who is behind the LID that was known, and of the reply. Whether a message
     * was delivered its own device may tell.
     */
    private String messages(List<Target> targets) {
        return rows(targets, "SELECT j AS known FROM send_journal j WHERE device_id = ANY ($1)")
                + rows(
                        targets,
                        "SELECT (s.provider_message_id, s.message_id, s.try_no, s.phone, s.accepted_at, s.refused) AS known"
                                + " FROM sent_messages s JOIN send_journal j USING (device_id, provider_message_id)"
                                + " WHERE s.device_id = ANY ($1)")
                + rows(
                        targets,
                        "SELECT l AS known FROM lid_phones l WHERE device_id = ANY ($1) AND lid = '123456789012345'")
                + rows(
                        targets,
                        "SELECT i AS known FROM inbound_messages i WHERE device_id = ANY ($1) AND provider_id = 'known'");
    }

    /** The same, and all else that a callback may change. */
    private String everything(List<Target> targets) {
        return messages(targets)
                + rows(targets, "SELECT s AS known FROM sent_messages s WHERE device_id = ANY ($1)")
                + rows(targets, "SELECT l AS known FROM lid_phones l WHERE device_id = ANY ($1)")
                + rows(targets, "SELECT i AS known FROM inbound_messages i WHERE device_id = ANY ($1)")
                + rows(targets, "SELECT i AS known FROM callback_inbox i WHERE device_id = ANY ($1)")
                + rows(targets, "SELECT s AS known FROM lid_suppressions s WHERE device_id = ANY ($1)")
                + rows(
                        targets,
                        "SELECT (id, condition, status, status_since, status_reason, held_until, refusal_cause, version,"
                                + " callback_generation) AS known FROM devices WHERE id = ANY ($1)");
    }

    private String rows(List<Target> targets, String select) {
        UUID[] devices =
                targets.stream().map(target -> target.device().id().value()).toArray(UUID[]::new);
        return database.run(
                        "SELECT coalesce(string_agg(known::text, ',' ORDER BY known::text), '') AS known FROM ("
                                + select + ") AS found",
                        (Object) devices)
                .iterator()
                .next()
                .getString("known");
    }
}
