package io.siaran.gateway.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.Simulator;
import io.siaran.gateway.device.RefusalCause;
import io.siaran.gateway.journal.OpenTries;
import io.siaran.gateway.journal.OpenTries.OpenTry;
import io.siaran.gateway.provider.PlatformStub;
import io.siaran.gateway.provider.SendOutcome;
import io.siaran.gateway.scene.GatewayScene;
import io.siaran.gateway.scene.PlatformDevices;
import io.siaran.gateway.scene.SilentHosts;
import io.siaran.localstack.RowsRead;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.MessageId;
import io.siaran.model.Send;
import io.siaran.model.Topic;
import io.siaran.sql.Sql;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a platform can prove of a message whose answer was lost. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class LookUpUnknownsTest extends GatewayScene {

    private static final String CLAIM = Sql.load(OpenTries.class, "claim-lookups.sql");
    private static final String SETTLE = Sql.load(OpenTries.class, "settle-found.sql");

    @Inject
    LookUpUnknowns lookUps;

    @Inject
    OpenTries tries;

    @ParameterizedTest
    @ValueSource(strings = {"gowa", "waha", "evolution"})
    void a_message_that_went_out_though_its_answer_was_lost_is_found(String platform) {
        // Given
        Registered merah = PlatformDevices.online(Cast.SINAR, platform, 1).getFirst();
        Send send = lost(merah, "gateway_timeout");

        // When
        lookUp(send);

        // Then
        assertThat(events(merah, 2).get(1)).isInstanceOfSatisfying(DeliveryEvent.Accepted.class, accepted -> {
            assertThat(accepted.messageId()).isEqualTo(send.messageId());
            assertThat(accepted.providerMessageId())
                    .isEqualTo(Simulator.deliveries(merah.token()).getFirst().get("message_id"));
        });
        assertThat(Simulator.deliveries(merah.token())).hasSize(1);
    }

    @Test
    void a_miss_and_the_same_text_of_another_message_prove_nothing() {
        // Given
        Registered merah = PlatformDevices.online(Cast.SINAR, "waha", 1).getFirst();
        Send lost = lost(merah, "html_bad_gateway");
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, Cast.message(), Cast.BUDI));
        assertThat(events(merah, 2).get(1)).isInstanceOf(DeliveryEvent.Accepted.class);

        // When
        lookUp(lost);

        // Then
        assertThat(events(merah)).hasSize(2);
        assertThat(state(lost)).isEqualTo("unknown");
    }

    @Test
    void a_platform_that_cannot_be_asked_is_not_asked_again() {
        // Given
        Registered merah = PlatformDevices.online(Cast.SINAR, "wablas", 1).getFirst();
        Send lost = lost(merah, "gateway_timeout");

        // When
        lookUp(lost);

        // Then
        assertThat(state(lost)).isEqualTo("unknown");
        assertThat(database.run(
                                "SELECT FROM send_journal WHERE message_id = $1 AND lookup_at = 'infinity'",
                                lost.messageId().value())
                        .rowCount())
                .isEqualTo(1);
    }

    @Test
    void a_platform_that_is_slow_to_answer_keeps_no_other_waiting() {
        // Given
        Registered merah = PlatformDevices.online(Cast.SINAR, "waha", 1).getFirst();
        Send send = lost(merah, "gateway_timeout");
        try (PlatformStub slow = PlatformStub.start()) {
            slow.answersAfter(Duration.ofSeconds(8));
            Registered biru = PlatformDevices.device(Cast.SINAR, "waha", Map.of("base_url", slow.url()));
            for (int i = 0; i < 120; i++) {
                lostLongAgo(biru, Duration.ofMinutes(5));
            }

            // When
            Instant began = Instant.now();
            lookUps.lookUpSome();
            lookUp(send);

            // Then
            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(6));
            assertThat(events(merah, 2).get(1)).isInstanceOf(DeliveryEvent.Accepted.class);
            assertThat(asked(slow)).isEqualTo(10);
            forget(biru);
        }
    }

    @Test
    void a_platform_that_answers_at_once_and_has_more_than_a_thousand_keeps_no_other_waiting() {
        // Given
        try (PlatformStub crowded = PlatformStub.start();
                PlatformStub quiet = PlatformStub.start()) {
            crowded.answers(200, "[]");
            quiet.answers(200, "[]");
            Registered merah = PlatformDevices.device(Cast.MAJU, "waha", Map.of("base_url", crowded.url()));
            Registered biru = PlatformDevices.device(Cast.SINAR, "waha", Map.of("base_url", quiet.url()));

            // When
            lostOfMany(merah, 3_000);
            MessageId lost = lostLongAgo(biru, Duration.ofMinutes(5));

            // Then
            await().atMost(PATIENCE).until(() -> lookUpsOf(lost) == 1);
            assertThat(asked(crowded)).isLessThan(1_000);
            forget(merah);
            forget(biru);
        }
    }

    @Test
    void images_without_words_take_the_place_of_no_other() {
        // Given
        try (PlatformStub empty = PlatformStub.start()) {
            empty.answers(200, "[]");
            Registered merah = PlatformDevices.device(Cast.MAJU, "waha", Map.of("base_url", empty.url()));
            Registered biru = PlatformDevices.device(Cast.SINAR, "waha", Map.of("base_url", empty.url()));
            lostOfMany(merah, 300);
            database.run(
                    "UPDATE send_journal SET sent_text = '', lookup_at = NULL WHERE device_id = $1",
                    merah.id().value());

            // When
            MessageId lost = lostLongAgo(biru, Duration.ofMinutes(5));
            lookUps.lookUpSome();

            // Then
            await().atMost(PATIENCE).until(() -> lookUpsOf(lost) == 1);
            assertThat(database.run(
                                    "SELECT FROM send_journal WHERE device_id = $1 AND lookup_at = 'infinity'",
                                    merah.id().value())
                            .rowCount())
                    .isEqualTo(300);
            forget(merah);
            forget(biru);
        }
    }

    @Test
    void an_image_without_words_is_found_where_the_platform_knows_it_by_our_id() {
        // Given
        try (PlatformStub bridge = PlatformStub.start(TestServers.bridgePort())) {
            Registered merah = PlatformDevices.device(Cast.SINAR, "bridge", Map.of());
            bridge.answers(
                    "GET /v1/placement/" + merah.id(), 200, "{\"address\":\"" + bridge.url() + "\",\"owned\":true}");
            bridge.answers(200, "{\"state\":\"accepted\",\"wa_id\":\"3EB0AA\"}");

            // When
            MessageId lost = lostLongAgo(merah, Duration.ofMinutes(5), "");
            lookUps.lookUpSome();

            // Then
            assertThat(events(merah, 1))
                    .singleElement()
                    .isInstanceOfSatisfying(DeliveryEvent.Accepted.class, accepted -> {
                        assertThat(accepted.messageId()).isEqualTo(lost);
                        assertThat(accepted.providerMessageId()).isEqualTo("3EB0AA");
                    });
        }
    }

    @Test
    void a_find_costs_no_more_however_much_other_devices_have_sent_since() {
        // Given
        Registered merah = PlatformDevices.device(Cast.SINAR, "wablas", Map.of());
        MessageId lost = lostLongAgo(merah, Duration.ofHours(3));
        long few = rowsReadByAFind(lost, 1);

        // When
        long many = rowsReadByAFind(lost, 10_000);

        // Then
        assertThat(few).isPositive();
        assertThat(many).isLessThan(few + 50);
        forget(merah);
    }

    /** Where others have sent so many messages since. All of it is undone. */
    private long rowsReadByAFind(MessageId lost, int others) {
        AtomicLong read = new AtomicLong();
        assertThatThrownBy(() -> database.inTransaction(tx -> {
                    // As they are at the end: the tries that a transaction changes are in the indexes of both states.
                    tx.run(
                            "INSERT INTO send_journal (message_id, try_no, device_id, user_id, state, turn, started_at,"
                                    + " call_deadline, ended_at, sent_text, phone, provider_message_id)"
                                    + " SELECT id, 1, gen_random_uuid(), 'others', 'accepted', id, now(), now(), now(), 'Helo', $1, id"
                                    + " FROM (SELECT gen_random_uuid() AS id FROM generate_series(1, $2::int)) AS other",
                            Cast.ANI.digits(),
                            others);
                    tx.run("INSERT INTO sent_messages (device_id, provider_message_id, message_id, try_no, accepted_at)"
                            + " SELECT device_id, provider_message_id, message_id, try_no, ended_at FROM send_journal"
                            + " WHERE user_id = 'others'");
                    read.set(RowsRead.by(
                            explain -> tx.run(explain, lost.value(), 1, new String[] {"3EB0AA", "3EB0BB"})
                                    .iterator()
                                    .next()
                                    .getValue(0)
                                    .toString(),
                            SETTLE));
                    throw new Undone();
                }))
                .isInstanceOf(Undone.class);
        return read.get();
    }

    private static final class Undone extends RuntimeException {}

    @Test
    void a_user_with_many_hosts_that_answer_nothing_takes_the_place_of_no_other() {
        // Given
        Registered merah = PlatformDevices.device(Cast.MAJU, "waha", Map.of());
        Registered biru = PlatformDevices.device(Cast.SINAR, "waha", Map.of());

        // When
        List<UUID> asked = database.inTransaction(tx -> {
            UUID[] silent = SilentHosts.of(tx, merah, 100);
            UUID[] all = Stream.concat(Stream.of(silent), Stream.of(biru.id().value()))
                    .toArray(UUID[]::new);
            tx.run(
                    "INSERT INTO send_journal (message_id, try_no, device_id, user_id, state, turn, started_at, call_deadline,"
                            + " ended_at, sent_text, phone, detail) SELECT gen_random_uuid(), 1, id, user_id, 'unknown',"
                            + " gen_random_uuid(), at, at, at, 'Helo', $1, 'lost' FROM devices,"
                            + " (SELECT now() - interval '5 minutes' AS at) AS lost WHERE id = ANY ($2::uuid[])",
                    Cast.BUDI.digits(),
                    all);
            List<UUID> claimed = new ArrayList<>();
            tx.run(CLAIM, 4, new String[] {"waha"}, 10, new String[0], new Integer[0], new String[0])
                    .forEach(row -> claimed.add(row.getUUID("device_id")));
            SilentHosts.forget(tx, silent);
            return claimed;
        });

        // Then
        assertThat(asked).hasSize(4).contains(biru.id().value());
        forget(biru);
    }

    /** All at once, and longer ago than those of anybody else. */
    private void lostOfMany(Registered device, int messages) {
        database.run(
                "INSERT INTO send_journal (message_id, try_no, device_id, user_id, state, turn, started_at, call_deadline,"
                        + " ended_at, sent_text, phone, detail) SELECT id, 1, $1, $2, 'unknown', gen_random_uuid(), at, at, at,"
                        + " 'Helo', $3, 'lost' FROM unnest($4::uuid[]) AS id,"
                        + " (SELECT clock_timestamp() - interval '2 hours' AS at) AS lost",
                device.id().value(),
                device.user().value(),
                Cast.BUDI.digits(),
                Stream.generate(() -> Cast.message().value()).limit(messages).toArray(UUID[]::new));
    }

    @Test
    void a_host_whose_breaker_is_open_is_not_asked_until_it_serves_again() {
        // Given
        try (PlatformStub down = PlatformStub.start()) {
            down.answers(200, "[]");
            Registered merah = PlatformDevices.device(Cast.SINAR, "waha", Map.of("base_url", down.url()));
            String host = URI.create(down.url()).getAuthority();
            database.run(
                    "INSERT INTO platform_hosts (host, open_since, next_probe_at) VALUES ($1, clock_timestamp(), 'infinity')"
                            + " ON CONFLICT (host) DO UPDATE SET open_since = excluded.open_since,"
                            + " next_probe_at = excluded.next_probe_at, releasing = NULL",
                    host);
            MessageId lost = lostLongAgo(merah, Duration.ofMinutes(5));

            // When
            lookUps.lookUpSome();

            // Then
            assertThat(asked(down)).isZero();
            assertThat(lookUpsOf(lost)).isZero();

            // When
            database.run("UPDATE platform_hosts SET open_since = NULL, next_probe_at = NULL WHERE host = $1", host);

            // Then
            await().atMost(PATIENCE).until(() -> asked(down) == 1);
            forget(merah);
        }
    }

    @Test
    void it_is_asked_less_and_less_often_and_never_after_a_day() {
        // Given
        try (PlatformStub empty = PlatformStub.start()) {
            empty.answers(200, "[]");
            Registered merah = PlatformDevices.device(Cast.SINAR, "waha", Map.of("base_url", empty.url()));
            MessageId lost = lostLongAgo(merah, Duration.ofMinutes(5));
            MessageId lostYesterday = lostLongAgo(merah, Duration.ofHours(25));

            // When
            List<Double> pauses = new ArrayList<>();
            for (int asked = 1; asked <= 11; asked++) {
                int times = asked;
                database.run("UPDATE send_journal SET lookup_at = 'epoch' WHERE message_id = $1", lost.value());
                await().atMost(PATIENCE).pollInterval(SOON).until(() -> {
                    lookUps.lookUpSome();
                    return lookUpsOf(lost) == times;
                });
                pauses.add(pause(lost));
            }

            // Then
            for (int i = 0; i < pauses.size(); i++) {
                assertThat(pauses.get(i)).isCloseTo(Math.min(30 * Math.pow(2, i), 10_800), within(10.0));
            }
            await().atMost(PATIENCE).until(() -> lookUpsOf(lostYesterday) == 1);
            assertThat(pause(lostYesterday)).isInfinite();
            forget(merah);
        }
    }

    private MessageId lostLongAgo(Registered device, Duration ago) {
        return lostLongAgo(device, ago, "Helo");
    }

    private MessageId lostLongAgo(Registered device, Duration ago, String text) {
        MessageId message = Cast.message();
        database.run(
                "INSERT INTO send_journal (message_id, try_no, device_id, user_id, state, turn, started_at, call_deadline,"
                        + " ended_at, sent_text, phone, detail) SELECT $1, 1, $2, $3, 'unknown', gen_random_uuid(), at, at, at,"
                        + " $6, $4, 'lost' FROM (SELECT clock_timestamp() - $5::int * interval '1 second' AS at) AS lost",
                message.value(),
                device.id().value(),
                device.user().value(),
                Cast.BUDI.digits(),
                Math.toIntExact(ago.toSeconds()),
                text);
        return message;
    }

    private static long asked(PlatformStub server) {
        return server.asked().stream()
                .filter(asked -> asked.uri().contains("/chats/"))
                .count();
    }

    private int lookUpsOf(MessageId message) {
        return database.run("SELECT lookups FROM send_journal WHERE message_id = $1", message.value())
                .iterator()
                .next()
                .getInteger("lookups");
    }

    /** Until it is asked for again, in seconds. */
    private double pause(MessageId message) {
        return database.run(
                        "SELECT extract(epoch FROM lookup_at - clock_timestamp())::float8 AS pause FROM send_journal"
                                + " WHERE message_id = $1",
                        message.value())
                .iterator()
                .next()
                .getDouble("pause");
    }

    /** So that no other test waits for what its server never answers. */
    private void forget(Registered device) {
        database.run(
                "DELETE FROM send_journal WHERE device_id = $1", device.id().value());
    }

    @Test
    void a_message_that_was_refused_though_its_answer_was_lost_ends_so_once() {
        // Given
        Registered merah = PlatformDevices.online(Cast.SINAR, "gowa", 1).getFirst();
        Send lost = lost(merah, "gateway_timeout");
        OpenTry open = open(lost);

        // When
        boolean settled = tries.settleAsRefused(open, new SendOutcome.NotOnWhatsApp("not on WhatsApp"));
        boolean again = tries.settleAsRefused(open, new SendOutcome.ProviderFailed("refused"));

        // Then
        assertThat(settled).isTrue();
        assertThat(again).isFalse();
        assertThat(events(merah, 2).get(1)).isInstanceOf(DeliveryEvent.Rejected.class);
        assertThat(state(lost)).isEqualTo("rejected");
    }

    @Test
    void a_message_that_was_refused_for_a_restriction_is_put_off() {
        // Given
        Registered merah = PlatformDevices.online(Cast.SINAR, "gowa", 1).getFirst();
        Send lost = lost(merah, "gateway_timeout");
        OpenTry open = open(lost);

        // When
        tries.settleAsRefused(open, new SendOutcome.DeviceRefused(RefusalCause.TIMELOCK, "refused with 463", null));

        // Then
        assertThat(events(merah, 2).get(1)).isInstanceOf(DeliveryEvent.Deferred.class);
    }

    private static OpenTry open(Send lost) {
        return new OpenTry(
                lost.messageId(),
                lost.tryNo(),
                lost.deviceId(),
                "a.host.example",
                lost.recipientPhone(),
                "Helo",
                Instant.now());
    }

    private Send lost(Registered device, String fault) {
        Simulator.fault(device.token(), fault, Map.of());
        Send send = Cast.send(device, Cast.message(), Cast.BUDI);
        topics.send(Topic.DEVICE_SENDS, device.id(), send);
        assertThat(events(device, 1).getFirst()).isInstanceOf(DeliveryEvent.Unknown.class);
        return send;
    }

    /** The job would come to it in time. */
    private void lookUp(Send send) {
        database.run(
                "UPDATE send_journal SET lookup_at = 'epoch' WHERE message_id = $1 AND state = 'unknown'",
                send.messageId().value());
        lookUps.lookUpSome();
    }

    private String state(Send send) {
        return database.run(
                        "SELECT state FROM send_journal WHERE message_id = $1",
                        send.messageId().value())
                .iterator()
                .next()
                .getString("state");
    }
}
