package io.siaran.gateway.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.scene.HeldLock;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.Topic;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a message that the platform took, from its callback to Kafka. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ReceiptsTest extends CallbackScene {

    private static final int ORDERS = 40;

    @Inject
    MatchReceipts match;

    @Test
    void a_message_is_told_as_delivered_and_read() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        String address = address(merah);
        Taken hello = taken(merah, Cast.ANI);

        // When
        post(address, receipt(hello, "sent")).statusCode(200);
        post(address, receipt(hello, "delivered")).statusCode(200);
        post(address, receipt(hello, "read")).statusCode(200);

        // Then
        List<DeliveryEvent> told = events(merah, 2);
        assertThat(told)
                .allSatisfy(event -> {
                    assertThat(event.messageId()).isEqualTo(hello.message());
                    assertThat(event.tryNo()).isEqualTo(1);
                    assertThat(event.userId()).isEqualTo(Cast.SINAR);
                })
                .hasOnlyElementsOfTypes(DeliveryEvent.Delivered.class, DeliveryEvent.Read.class);
        awaitWorkedOff(merah);
        assertThat(events(merah)).hasSize(2);
    }

    @Test
    void a_process_that_dies_between_the_inbox_and_the_news_loses_nothing_and_tells_nothing_twice() throws Exception {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        Taken hello = taken(merah, Cast.ANI);

        // When
        try (HeldLock _ = HeldLock.ofNews(database)) {
            post(address(merah), receipt(hello, "delivered")).statusCode(200);
            HeldLock.awaitWaiting(database);
            HeldLock.killWaiting(database);
            awaitWaiting(merah, 1);
        }

        // Then
        awaitWorkedOff(merah);
        assertThat(events(merah, 1)).singleElement().isInstanceOf(DeliveryEvent.Delivered.class);
    }

    @Test
    void every_order_of_receipts_each_twice_tells_the_same_and_never_takes_back_a_delivery() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        String address = address(merah);
        Random random = new Random(15);
        Map<Taken, List<String>> orders = new java.util.LinkedHashMap<>();
        for (int i = 0; i < ORDERS; i++) {
            List<String> order = new ArrayList<>(List.of("sent", "delivered", "read", "reject"));
            order.addAll(List.copyOf(order));
            Collections.shuffle(order, random);
            orders.put(taken(merah, Cast.ANI), order);
        }

        // When
        orders.forEach((taken, order) -> order.forEach(status -> {
            post(address, receipt(taken, status)).statusCode(200);
            if (random.nextInt(3) == 0) {
                match.matchSome();
            }
        }));

        // Then
        awaitWorkedOff(merah);
        await().atMost(PATIENCE)
                .until(() -> events(merah).stream()
                                .filter(DeliveryEvent.Read.class::isInstance)
                                .count()
                        >= ORDERS);
        orders.keySet().forEach(taken -> {
            List<DeliveryEvent> told = events(merah).stream()
                    .filter(event -> event.messageId().equals(taken.message()))
                    .toList();
            assertThat(told).as("%s", orders.get(taken)).doesNotHaveDuplicates();
            assertThat(told).filteredOn(DeliveryEvent.Read.class::isInstance).hasSize(1);
            assertThat(told)
                    .filteredOn(DeliveryEvent.Delivered.class::isInstance)
                    .hasSizeLessThanOrEqualTo(1);
            int refused = indexOf(told, DeliveryEvent.Refused.class);
            // A refusal that is told was told first: after a delivery it is no news.
            assertThat(refused).isLessThanOrEqualTo(0);
            assertThat(superseded(taken)).isEqualTo(refused == 0);
        });
        assertThat(database.run(
                                "SELECT count(*) FROM sent_messages WHERE device_id = $1 AND delivered AND read",
                                merah.id().value())
                        .iterator()
                        .next()
                        .getLong(0))
                .isEqualTo(ORDERS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void of_a_delivery_and_a_refusal_that_two_look_at_at_once_the_later_is_judged_by_the_first(boolean isIdKnown)
            throws Exception {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        Registered biru = Cast.device(Cast.SINAR, "biru");
        Taken delivered = takenUnder(merah, isIdKnown);
        Taken refused = takenUnder(biru, isIdKnown);

        // When
        try (HeldLock _ = HeldLock.ofNews(database)) {
            matchedByOne(merah, delivered, "delivered", 1);
            matchedByOne(biru, refused, "refused", 2);
            matchedByOne(merah, delivered, "refused", 3);
            matchedByOne(biru, refused, "delivered", 4);
        }

        // Then
        awaitWorkedOff(merah);
        awaitWorkedOff(biru);
        assertThat(told(biru, 2)).containsExactly(DeliveryEvent.Refused.class, DeliveryEvent.Delivered.class);
        assertThat(told(merah, 1)).containsExactly(DeliveryEvent.Delivered.class);
        assertThat(superseded(delivered)).isFalse();
        assertThat(superseded(refused)).isTrue();
    }

    @Test
    void of_many_that_two_look_at_at_once_no_refusal_is_told_after_a_delivery() throws Exception {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        List<Taken> all =
                Stream.generate(() -> taken(merah, Cast.ANI)).limit(ORDERS).toList();

        // When
        for (Taken taken : all) {
            List<String> kinds = new ArrayList<>(List.of("delivered", "refused"));
            Collections.shuffle(kinds);
            try (ExecutorService instances = Executors.newVirtualThreadPerTaskExecutor()) {
                for (String kind : kinds) {
                    instances.execute(() -> matchAlone(merah, taken, kind));
                }
            }
        }

        // Then
        awaitWorkedOff(merah);
        await().atMost(PATIENCE)
                .until(() -> events(merah).stream()
                                .filter(DeliveryEvent.Delivered.class::isInstance)
                                .count()
                        == ORDERS);
        all.forEach(taken -> {
            List<DeliveryEvent> told = events(merah).stream()
                    .filter(event -> event.messageId().equals(taken.message()))
                    .toList();
            assertThat(indexOf(told, DeliveryEvent.Refused.class)).isLessThanOrEqualTo(0);
            assertThat(superseded(taken)).isEqualTo(told.size() == 2);
        });
    }

    /** By the platform's id, or by ours alone. */
    private Taken takenUnder(Registered device, boolean isIdKnown) {
        Taken taken = taken(device, Cast.ANI);
        if (!isIdKnown) {
            database.run(
                    "DELETE FROM sent_messages WHERE message_id = $1",
                    taken.message().value());
        }
        return taken;
    }

    /** An instance looks at that receipt, and waits as those before it. */
    private void matchedByOne(Registered device, Taken taken, String kind, int waiting) {
        Thread.startVirtualThread(() -> matchAlone(device, taken, kind));
        await().atMost(PATIENCE).pollInterval(SOON).until(() -> HeldLock.waiting(database) >= waiting);
    }

    /** As an instance does that gets this receipt and no other; the gateway's own worker never sees it. */
    private void matchAlone(Registered device, Taken taken, String kind) {
        database.doInTransaction(tx -> {
            Long id = tx.run(
                            "INSERT INTO callback_inbox (platform, device_id, provider_id, kind, purpose, at, received_at, due_at,"
                                    + " our_id) VALUES ('wablas', $1, $2, $3, 'receipt', clock_timestamp(), clock_timestamp(),"
                                    + " 'epoch', $4) RETURNING id",
                            device.id().value(),
                            taken.id(),
                            "receipt." + kind,
                            taken.message().value())
                    .iterator()
                    .next()
                    .getLong(0);
            assertThat(match.match(tx, new Long[] {id})).isPresent();
        });
    }

    private List<Class<?>> told(Registered device, int count) {
        return events(device, count).stream().<Class<?>>map(Object::getClass).toList();
    }

    private static int indexOf(List<DeliveryEvent> told, Class<?> kind) {
        return told.stream().map(Object::getClass).toList().indexOf(kind);
    }

    @Test
    void a_receipt_that_comes_before_the_answer_is_settled_is_told_as_soon_as_it_is() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        Taken hello = new Taken(Cast.message(), "wb-" + UUID.randomUUID());
        started(merah, hello, Cast.ANI);
        post(address(merah), receipt(hello, "delivered")).statusCode(200);
        await().atMost(PATIENCE).until(() -> failures(merah) > 0);
        postpone(merah);

        // When
        settled(hello, "accepted");

        // Then
        assertThat(events(merah, 1)).singleElement().isInstanceOf(DeliveryEvent.Delivered.class);
        awaitWorkedOff(merah);
    }

    @Test
    void a_receipt_of_an_unknown_message_waits_and_is_given_up_after_a_day() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        Taken nobodys = new Taken(Cast.message(), "wb-" + UUID.randomUUID());
        post(address(merah), receipt(nobodys, "delivered")).statusCode(200);
        await().atMost(PATIENCE).until(() -> failures(merah) > 0);
        assertThat(waiting(merah)).isOne();

        // When
        database.run(
                "UPDATE callback_inbox SET received_at = received_at - interval '25 hours', due_at = clock_timestamp()"
                        + " WHERE device_id = $1",
                merah.id().value());

        // Then
        awaitWorkedOff(merah);
        assertThat(events(merah)).isEmpty();
    }

    @Test
    void a_device_with_too_many_receipts_of_unknown_messages_keeps_each_for_a_minute_only() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        Registered biru = Cast.device(Cast.SINAR, "biru");
        waitingReceipts(merah, 2_001, 5);
        waitingReceipts(biru, 2_000, 5);
        Taken nobodys = new Taken(Cast.message(), "wb-" + UUID.randomUUID());
        post(address(merah), receipt(nobodys, "delivered")).statusCode(200);
        await().atMost(PATIENCE).until(() -> looked(merah, nobodys) > 0);

        // When
        for (Registered device : List.of(merah, biru)) {
            database.run(
                    "UPDATE callback_inbox SET due_at = clock_timestamp() WHERE device_id = $1 AND provider_id = 'unknown-7'",
                    device.id().value());
        }

        // Then
        awaitWaiting(merah, 2_001);
        assertThat(looked(merah, nobodys)).isPositive();
        await().atMost(PATIENCE).until(() -> failures(biru) == 6);
        assertThat(waiting(biru)).isEqualTo(2_000);
        database.run("DELETE FROM callback_inbox WHERE device_id = ANY ($1)", (Object)
                new UUID[] {merah.id().value(), biru.id().value()});
    }

    private void waitingReceipts(Registered device, int count, int failures) {
        database.run(
                "INSERT INTO callback_inbox (platform, device_id, provider_id, kind, purpose, at, received_at, due_at, failures)"
                        + " SELECT 'wablas', $1, 'unknown-' || n, 'receipt.delivered', 'receipt', clock_timestamp(),"
                        + " clock_timestamp(), clock_timestamp() + interval '1 hour', $3::int FROM generate_series(1, $2::int) AS n",
                device.id().value(),
                count,
                failures);
    }

    private int looked(Registered device, Taken taken) {
        return database.run(
                        "SELECT coalesce(max(failures), -1) FROM callback_inbox WHERE device_id = $1 AND provider_id = $2",
                        device.id().value(),
                        taken.id())
                .iterator()
                .next()
                .getInteger(0);
    }

    @Test
    void a_deleted_device_still_hears_what_became_of_its_messages_and_who_wants_no_more() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        String address = address(merah);
        Taken hello = taken(merah, Cast.ANI);
        Cast.as(Cast.SINAR, "operator")
                .delete("/api/v1/devices/" + merah.id())
                .then()
                .statusCode(204);

        // When
        post(address, receipt(hello, "read")).statusCode(200);
        post(address, reply("in-1", "60121111111", "STOP")).statusCode(200);
        post(address, Map.of("deviceId", "x", "status", "disconnected")).statusCode(200);

        // Then
        assertThat(events(merah, 1)).singleElement().isInstanceOf(DeliveryEvent.Read.class);
        awaitWorkedOff(merah);
        assertThat(database.run(
                        "SELECT phone FROM inbound_messages WHERE device_id = $1",
                        merah.id().value()))
                .singleElement()
                .satisfies(reply -> assertThat(reply.getString("phone")).isEqualTo(Cast.ANI.digits()));
    }

    @Test
    void a_message_that_was_refused_after_all_can_be_sent_again() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        Taken hello = taken(merah, Cast.ANI);
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, hello.message(), Cast.ANI, 2, null, 0));
        assertThat(events(merah, 1)).first().isInstanceOf(DeliveryEvent.Accepted.class);

        // When
        post(address(merah), receipt(hello, "reject")).statusCode(200);
        assertThat(events(merah, 2)).last().isInstanceOf(DeliveryEvent.Refused.class);
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, hello.message(), Cast.ANI, 3, null, 0));

        // Then
        assertThat(events(merah, 3))
                .last()
                .isInstanceOfSatisfying(
                        DeliveryEvent.Accepted.class,
                        accepted -> assertThat(accepted.tryNo()).isEqualTo(3));
    }

    @Test
    void what_was_cut_off_before_its_commit_is_told_once() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        Taken hello = taken(merah, Cast.ANI);
        database.run(
                "INSERT INTO callback_inbox (platform, device_id, provider_id, kind, purpose, at, received_at, due_at)"
                        + " VALUES ('wablas', $1, $2, 'receipt.delivered', 'receipt', clock_timestamp(), clock_timestamp(),"
                        + " clock_timestamp() + interval '1 hour')",
                merah.id().value(),
                hello.id());

        // When
        try {
            database.doInTransaction(tx -> {
                tx.run(
                        "UPDATE callback_inbox SET due_at = clock_timestamp() WHERE device_id = $1",
                        merah.id().value());
                assertThat(match.match(tx, new Long[0])).isPresent();
                throw new IllegalStateException("the process dies");
            });
        } catch (IllegalStateException died) {
            assertThat(died).hasMessage("the process dies");
        }
        assertThat(waiting(merah)).isOne();
        database.run(
                "UPDATE callback_inbox SET due_at = clock_timestamp() WHERE device_id = $1",
                merah.id().value());

        // Then
        assertThat(events(merah, 1)).singleElement().isInstanceOf(DeliveryEvent.Delivered.class);
        awaitWorkedOff(merah);
    }

    @Test
    void a_read_that_comes_weeks_later_finds_its_message_though_the_journal_has_forgotten_it() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        Taken hello = taken(merah, Cast.ANI);
        database.run(
                "DELETE FROM send_journal WHERE message_id = $1",
                hello.message().value());

        // When
        post(address(merah), receipt(hello, "read")).statusCode(200);

        // Then
        assertThat(events(merah, 1)).singleElement().isInstanceOfSatisfying(DeliveryEvent.Read.class, read -> {
            assertThat(read.messageId()).isEqualTo(hello.message());
            assertThat(read.userId()).isEqualTo(Cast.SINAR);
        });
    }

    private int failures(Registered device) {
        return database.run(
                        "SELECT coalesce(max(failures), 0) FROM callback_inbox WHERE device_id = $1",
                        device.id().value())
                .iterator()
                .next()
                .getInteger(0);
    }

    private void postpone(Registered device) {
        database.run(
                "UPDATE callback_inbox SET due_at = clock_timestamp() + interval '1 hour' WHERE device_id = $1",
                device.id().value());
    }
}
