package io.siaran.gateway.provider.whatsappweb.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.device.CallbackSecrets;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.device.Platform;
import io.siaran.gateway.device.RefusalCause;
import io.siaran.gateway.device.ServerAddresses;
import io.siaran.gateway.provider.LidLookup;
import io.siaran.gateway.provider.LinkPort.Standing;
import io.siaran.gateway.provider.Lookup;
import io.siaran.gateway.provider.NumberCheck.Presence;
import io.siaran.gateway.provider.OutgoingMessage;
import io.siaran.gateway.provider.PlatformStub;
import io.siaran.gateway.provider.PlatformStub.Asked;
import io.siaran.gateway.provider.SendOutcome;
import io.siaran.localstack.TestServers;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is on the wire to the bridge. Merah's session is in one of two processes; the other one is Biru. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class BridgeTest {

    private static final String TOKEN = "a-token-of-at-least-32-characters";
    private static final String ACCEPTED = "{\"state\":\"accepted\",\"wa_id\":\"3EB0AA\"}";

    /** For one image at a time. */
    private static final Optional<MemorySize> SMALL =
            Optional.of(new MemorySize(BigInteger.valueOf(ImageBudget.AT_LEAST)));

    /** The settings of the bridge, as the installation has them. */
    record Installed(Optional<String> url, Duration imageTimeout, Optional<MemorySize> imageMemory)
            implements BridgeConfig {

        @Override
        public Optional<String> token() {
            return Optional.of(TOKEN);
        }
    }

    @Inject
    CallbackSecrets secrets;

    @Inject
    ServerAddresses addresses;

    @Inject
    Vertx vertx;

    private final PlatformStub here = PlatformStub.start();
    private final PlatformStub there = PlatformStub.start();
    private final ConnectedDevice merah = here.device(Platform.BRIDGE, "bridge", null);
    private final String session = "/v1/sessions/" + merah.id();
    private BridgeAdapter adapter;

    @BeforeEach
    void start() {
        adapter = adapter(Optional.of(here.url()), Duration.ofSeconds(30));
        here.answers("GET /v1/placement/" + merah.id(), 200, "{\"address\":\"" + here.url() + "\",\"owned\":true}");
    }

    @AfterEach
    void stop() {
        here.close();
        there.close();
    }

    @Test
    void a_text_is_put_by_our_id_with_the_installations_token() {
        // Given
        OutgoingMessage message = PlatformStub.text("Helo 😀");
        here.answers(200, ACCEPTED);

        // When
        SendOutcome outcome = adapter.send(merah, message);

        // Then
        assertThat(outcome).isEqualTo(new SendOutcome.Accepted("3EB0AA"));
        assertThat(sends(here)).singleElement().satisfies(put -> {
            assertThat(put.uri()).isEqualTo(session + "/messages/" + message.id());
            assertThat(put.header("Authorization")).isEqualTo("Bearer " + TOKEN);
            assertThat(put.body())
                    .contains("\"phone\":\"60121111111\"", "\"text\":\"Helo 😀\"", "\"even_rejected\":true")
                    // Of 15 s that the call has.
                    .contains("\"within_ms\":7500");
        });
    }

    @Test
    void a_session_that_has_moved_is_followed_once() {
        // Given
        here.answers(409, "{\"error\":\"not_owner\",\"address\":\"" + there.url() + "\"}");
        there.answers(200, ACCEPTED);

        // When
        SendOutcome first = adapter.send(merah, PlatformStub.text("satu"));
        SendOutcome second = adapter.send(merah, PlatformStub.text("dua"));

        // Then
        assertThat(List.of(first, second)).allMatch(SendOutcome.Accepted.class::isInstance);
        assertThat(sends(here)).hasSize(1);
        assertThat(sends(there)).hasSize(2);
    }

    @Test
    void two_processes_that_name_each_other_end_it_unsent() {
        // Given
        here.answers(409, "{\"error\":\"not_owner\",\"address\":\"" + there.url() + "\"}");
        there.answers(409, "{\"error\":\"not_owner\",\"address\":\"" + here.url() + "\"}");

        // When, Then
        assertThat(adapter.send(merah, PlatformStub.text("satu"))).isInstanceOf(SendOutcome.NotSent.class);
        assertThat(sends(here)).hasSize(1);
        assertThat(sends(there)).hasSize(1);
    }

    @Test
    void an_answer_that_does_not_come_is_unknown_and_nothing_is_repeated() {
        // Given
        adapter = adapter(Optional.of(here.url()), Duration.ofSeconds(2));
        here.answers(200, ACCEPTED);
        adapter.send(merah, PlatformStub.text("so that its process is known"));
        here.answersAfter(Duration.ofSeconds(3));

        // When
        SendOutcome outcome = adapter.send(merah, PlatformStub.text("satu"));

        // Then
        assertThat(outcome).isInstanceOf(SendOutcome.Unknown.class);
        assertThat(sends(here)).hasSize(2);
        assertThat(sends(there)).isEmpty();
    }

    @Test
    void a_call_that_is_given_up_hangs_up_so_that_its_message_leaves_no_more() throws Exception {
        // Given
        try (ServerSocket paused = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            adapter = adapter(Optional.of(here.url()), Duration.ofSeconds(2));
            here.answers(
                    "GET /v1/placement/" + merah.id(),
                    200,
                    "{\"address\":\"http://127.0.0.1:" + paused.getLocalPort() + "\",\"owned\":true}");

            // When
            SendOutcome outcome = adapter.send(merah, PlatformStub.text("satu"));

            // Then
            assertThat(outcome).isInstanceOf(SendOutcome.Unknown.class);
            try (Socket call = paused.accept()) {
                call.setSoTimeout(5_000);
                assertThat(new String(call.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("PUT " + session + "/messages/");
            }
        }
    }

    @Test
    void a_process_that_is_gone_is_never_believed_to_have_sent_and_the_next_one_is_asked_for() {
        // Given
        here.answers(409, "{\"error\":\"not_owner\",\"address\":\"" + there.url() + "\"}");
        there.answers(200, ACCEPTED);
        adapter.send(merah, PlatformStub.text("satu"));
        there.close();
        here.answers(200, ACCEPTED);

        // When
        SendOutcome gone = adapter.send(merah, PlatformStub.text("dua"));
        SendOutcome next = adapter.send(merah, PlatformStub.text("tiga"));

        // Then
        assertThat(gone).isInstanceOfAny(SendOutcome.NotSent.class, SendOutcome.Unknown.class);
        assertThat(next).isInstanceOf(SendOutcome.Accepted.class);
    }

    @Test
    void a_463_holds_the_device_until_the_timelock_ends() {
        // Given
        here.answers(422, "{\"state\":\"rejected\",\"code\":\"463\"}");
        here.answers(
                "GET " + session + "/limits",
                200,
                "{\"timelock\":{\"active\":true,\"until\":\"2026-12-01T08:00:00Z\"}}");

        // When
        SendOutcome outcome = adapter.send(merah, PlatformStub.text("satu"));

        // Then
        assertThat(outcome)
                .isEqualTo(new SendOutcome.DeviceRefused(
                        RefusalCause.TIMELOCK, "WhatsApp refused it with 463", Instant.parse("2026-12-01T08:00:00Z")));
    }

    @Test
    void a_session_that_goes_on_is_told_once_where_its_news_go() {
        // Given
        here.answers("GET " + session, 200, "{\"state\":\"open\"}");
        here.answers("PUT " + session, 202, "{\"state\":\"open\"}");

        // When
        List<Health> health = List.of(adapter.health(merah), adapter.health(merah));

        // Then
        assertThat(health).containsOnly(new Health.Connected());
        assertThat(opens())
                .singleElement()
                .satisfies(open -> assertThat(open.body())
                        .contains(
                                "\"path\":\"bridge/" + merah.id() + "/" + secrets.ofAddress("bridge", merah.id(), 1)
                                        + "\"",
                                "\"secret\":\"" + secrets.ofSignature(merah.id(), 1) + "\""));
    }

    @Test
    void a_session_that_was_never_linked_or_has_ended_is_not_opened_by_a_look() {
        // Given
        here.answers("GET " + session, 404, "{\"error\":\"no_session\"}");
        Health never = adapter.health(merah);
        here.answers("GET " + session, 200, "{\"state\":\"replaced\"}");
        Health replaced = adapter.health(merah);

        // Then
        assertThat(List.of(never, replaced)).allMatch(Health.NotConnected.class::isInstance);
        assertThat(opens()).isEmpty();
    }

    @Test
    void linking_opens_the_session_and_shows_its_code() {
        // Given
        here.answers("PUT " + session, 202, "{\"state\":\"qr\",\"qr\":\"2@abc\",\"me\":null}");
        here.answers("POST " + session + "/pairing-code", 200, "{\"code\":\"ABCD1234\"}");
        here.answers("DELETE " + session, 204, "");

        // When
        Standing standing = adapter.linking().orElseThrow().begin(merah);

        // Then
        assertThat(standing.qr()).contains("2@abc");
        assertThat(standing.health()).isInstanceOf(Health.NotConnected.class);
        assertThat(standing).hasToString("Standing[" + standing.health() + "]");
        assertThat(adapter.linking().orElseThrow().pairingCode(merah, Cast.ANI)).contains("ABCD1234");
        assertThat(adapter.linking().orElseThrow().unlink(merah)).isTrue();
    }

    @Test
    void numbers_typing_and_lost_answers_are_asked_for() {
        // Given
        OutgoingMessage message = PlatformStub.text("satu");
        Lookup.Sought sought = new Lookup.Sought(message.id(), Cast.ANI, "satu", Instant.now());
        here.answers("GET " + session + "/check/60121111111", 200, "{\"on_whatsapp\":false}");
        here.answers("GET " + session + "/messages/" + message.id(), 200, ACCEPTED);
        here.answers("POST " + session + "/typing", 204, "");

        // When
        Presence presence = adapter.numberCheck().orElseThrow().check(merah, Cast.ANI);
        Lookup.Finding finding = adapter.lookup().orElseThrow().find(merah, sought);
        adapter.typing().orElseThrow().show(merah, Cast.ANI, Duration.ofSeconds(3));

        // Then
        assertThat(presence).isEqualTo(Presence.NOT_ON_WHATSAPP);
        assertThat(finding).isEqualTo(new Lookup.Finding.Sent(List.of("3EB0AA")));
        assertThat(here.asked()).anyMatch(asked -> asked.uri().equals(session + "/typing"));
    }

    @Test
    void whose_lid_it_is_is_asked_for() {
        // Given
        here.answers(
                "GET " + session + "/lids/96012111111101",
                200,
                "{\"lid\":\"96012111111101\",\"phone\":\"60121111111\"}");
        here.answers("GET " + session + "/lids/96012111111102", 200, "{\"lid\":\"96012111111102\",\"phone\":null}");

        // When
        LidLookup lids = adapter.lids().orElseThrow();

        // Then
        assertThat(lids.phoneOf(merah, "96012111111101")).contains(Cast.ANI);
        assertThat(lids.phoneOf(merah, "96012111111102")).isEmpty();
    }

    @Test
    void an_image_that_cannot_be_used_sends_nothing() {
        // Given
        there.answers(200, "no image");

        // When
        SendOutcome outcome = adapter.send(merah, PlatformStub.image("Helo", there.url() + "/a.png"));

        // Then
        assertThat(outcome)
                .isEqualTo(new SendOutcome.Uncalled(new SendOutcome.MessageRejected("it is no JPEG or PNG image")));
        assertThat(sends(here)).isEmpty();
    }

    @Test
    void an_image_that_its_server_does_not_give_says_nothing_of_the_bridge() {
        // Given
        there.answers(503, "later");

        // When
        SendOutcome outcome = adapter.send(merah, PlatformStub.image("Helo", there.url() + "/a.png"));

        // Then
        assertThat(outcome)
                .isEqualTo(
                        new SendOutcome.Uncalled(new SendOutcome.MediaUnavailable("the image's server answers 503")));
        assertThat(sends(here)).isEmpty();
    }

    @Test
    void an_image_for_which_there_is_no_memory_comes_back_unsent_and_goes_out_later() throws Exception {
        // Given
        here.answers(200, ACCEPTED);
        try (ServerSocket slow = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                ImageShop shop = new ImageShop()) {
            String waiting = "http://127.0.0.1:" + slow.getLocalPort() + "/a.png";
            var first = CompletableFuture.supplyAsync(
                    () -> adapter.send(merah, PlatformStub.image("satu", waiting)), Thread::startVirtualThread);
            Socket asked = slow.accept();

            // When
            SendOutcome second = adapter.send(merah, PlatformStub.image("dua", shop.url()));
            asked.close();
            first.join();
            SendOutcome later = adapter.send(merah, PlatformStub.image("dua", shop.url()));

            // Then
            assertThat(second)
                    .isEqualTo(new SendOutcome.Uncalled(new SendOutcome.NotSent("too many images are under way")));
            assertThat(later).isEqualTo(new SendOutcome.Accepted("3EB0AA"));
            assertThat(sends(here))
                    .singleElement()
                    .satisfies(put -> assertThat(put.body()).contains("dua", "image/png"));
        }
    }

    @Test
    void without_a_bridge_nothing_is_sent_and_everything_says_so() {
        // Given
        BridgeAdapter nowhere = adapter(Optional.empty(), Duration.ofSeconds(30));

        // Then
        assertThat(nowhere.isThere()).isFalse();
        assertThat(nowhere.send(merah, PlatformStub.text("satu"))).isInstanceOf(SendOutcome.NotSent.class);
        assertThat(nowhere.health(merah))
                .isEqualTo(new Health.CannotBeAsked("this installation has no bridge", Duration.ZERO));
    }

    private BridgeAdapter adapter(Optional<String> url, Duration timeout) {
        return new BridgeAdapter(
                new PlatformStub.Waiting(timeout),
                new Installed(url, Duration.ofSeconds(2), SMALL),
                addresses,
                secrets,
                vertx);
    }

    private static List<Asked> sends(PlatformStub process) {
        return process.asked().stream()
                .filter(asked ->
                        asked.uri().contains("/messages/") && asked.method().equals("PUT"))
                .toList();
    }

    private List<Asked> opens() {
        return here.asked().stream()
                .filter(asked -> asked.method().equals("PUT") && asked.uri().equals(session))
                .toList();
    }
}
