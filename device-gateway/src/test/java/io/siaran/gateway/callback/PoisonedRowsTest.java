package io.siaran.gateway.callback;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.Topics;
import io.siaran.gateway.scene.PlatformDevices;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.InboundMessage;
import io.siaran.model.Topic;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What one tenant's platform tells never keeps the news of another from going out. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class PoisonedRowsTest extends CallbackScene {

    private static final String LID = "123456789012345";
    private static final String POISON = "poison-" + UUID.randomUUID();
    private static final String POISONED_PHONE = "60123456789";

    @Inject
    MatchReceipts match;

    @Inject
    MeterRegistry metrics;

    /** The bridge's owner holds the key that signs, and may say of one id that it is two messages. */
    @Test
    void one_id_of_the_platform_is_one_message_whatever_its_receipts_say() {
        // Given
        Registered merah = PlatformDevices.device(Cast.SINAR, "bridge", Map.of());
        Registered biru = Cast.device(Cast.MAJU, "biru");
        Taken hello = taken(merah, Cast.ANI);
        Taken again = taken(merah, Cast.BUDI);
        Taken another = taken(biru, Cast.BUDI);
        double before = putAside("receipts");
        String forged = CallbackForms.several("bridge", "another")
                .replace("our-0", hello.message().toString())
                .replace("our-1", again.message().toString());

        // When
        given().contentType("application/json")
                .headers(CallbackForms.signature("bridge", secret(merah), forged.getBytes(UTF_8)))
                .body(forged)
                .post(address(merah))
                .then()
                .statusCode(200);
        post(address(biru), receipt(another, "delivered")).statusCode(200);

        // Then
        assertThat(events(biru, 1)).singleElement().isInstanceOf(DeliveryEvent.Delivered.class);
        awaitWorkedOff(merah);
        assertThat(events(merah, 3))
                .filteredOn(DeliveryEvent.Delivered.class::isInstance)
                .extracting(DeliveryEvent::messageId)
                .containsExactly(hello.message());
        assertThat(database.run(
                        "SELECT message_id FROM sent_messages WHERE device_id = $1 AND provider_message_id = 'both'",
                        merah.id().value()))
                .singleElement()
                .satisfies(noted ->
                        assertThat(noted.getUUID(0)).isEqualTo(hello.message().value()));
        assertThat(putAside("receipts")).isEqualTo(before);
    }

    /** Without being worked off in halves. */
    @Test
    void receipts_of_one_id_that_name_two_messages_are_matched_by_one_statement() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        Taken hello = taken(merah, Cast.ANI);
        Taken again = taken(merah, Cast.BUDI);
        Long[] forged = {forged(merah, hello, "delivered"), forged(merah, again, "read")};

        // When
        database.doInTransaction(tx -> {
            tx.run(
                    "UPDATE callback_inbox SET due_at = 'epoch' WHERE device_id = $1",
                    merah.id().value());
            assertThat(match.match(tx, forged)).isPresent();
        });

        // Then
        assertThat(events(merah, 2)).extracting(DeliveryEvent::messageId).containsOnly(hello.message());
        assertThat(waiting(merah)).isZero();
    }

    private Long forged(Registered device, Taken message, String fate) {
        return database.run(
                        "INSERT INTO callback_inbox (platform, device_id, provider_id, kind, purpose, at, received_at, due_at, our_id)"
                                + " VALUES ('bridge', $1, 'both', $2, 'receipt', clock_timestamp(), clock_timestamp(),"
                                + " clock_timestamp() + interval '1 hour', $3) RETURNING id",
                        device.id().value(),
                        "receipt." + fate,
                        message.message().value())
                .iterator()
                .next()
                .getLong(0);
    }

    @Test
    void a_receipt_that_the_database_refuses_is_put_aside_and_the_others_go_on() throws Exception {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        Registered biru = Cast.device(Cast.MAJU, "biru");
        Taken poisoned = new Taken(Cast.message(), POISON);
        started(merah, poisoned, Cast.ANI);
        settled(poisoned, "accepted");
        Taken first = taken(biru, Cast.ANI);
        Taken second = taken(biru, Cast.BUDI);
        double before = putAside("receipts");

        // When
        try (Refusal _ = new Refusal("sent_messages", "provider_message_id <> '" + POISON + "' OR NOT delivered")) {
            post(address(biru), receipt(first, "delivered")).statusCode(200);
            post(address(merah), receipt(poisoned, "delivered")).statusCode(200);
            post(address(biru), receipt(second, "delivered")).statusCode(200);

            // Then
            assertThat(events(biru, 2)).hasSize(2);
            await().atMost(PATIENCE).until(() -> putAside("receipts") == before + 1);
            assertThat(waiting(merah)).isOne();
        }
        dueAgain(merah);
        assertThat(events(merah, 1)).singleElement().isInstanceOf(DeliveryEvent.Delivered.class);
    }

    @Test
    void a_reply_that_the_database_refuses_is_put_aside_and_the_others_go_on() throws Exception {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        Registered biru = Cast.device(Cast.MAJU, "biru");

        double before = putAside("replies");
        try (Topics replies = new Topics(kafka, Topic.INBOUND_MESSAGES.topicName());
                Refusal _ = new Refusal("inbound_messages", "text <> '" + POISON + "'")) {
            // When
            post(address(merah), reply("in-1", "60121111111", POISON)).statusCode(200);
            post(address(biru), reply("in-1", "60121111111", "STOP")).statusCode(200);

            // Then
            await().atMost(PATIENCE)
                    .until(() -> replies.read(biru.id().toString(), InboundMessage.class)
                                    .size()
                            == 1);
            await().atMost(PATIENCE).until(() -> putAside("replies") == before + 1);
            assertThat(waiting(merah)).isOne();
        }
        dueAgain(merah);
        awaitWorkedOff(merah);
    }

    @Test
    void a_reply_whose_sender_cannot_be_written_down_is_put_aside_and_the_others_go_on() throws Exception {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        Registered biru = Cast.device(Cast.MAJU, "biru");
        post(address(merah), reply("in-1", LID + "@lid", "Hai")).statusCode(200);
        post(address(biru), reply("in-1", LID + "@lid", "STOP")).statusCode(200);
        awaitWorkedOff(merah);
        awaitWorkedOff(biru);
        double before = putAside("senders");

        try (Topics replies = new Topics(kafka, Topic.INBOUND_MESSAGES.topicName());
                Refusal _ = new Refusal("recent_inbound", "phone <> '" + POISONED_PHONE + "'")) {
            // When
            learnt(merah, POISONED_PHONE);
            learnt(biru, Cast.BUDI.digits());

            // Then
            await().atMost(PATIENCE)
                    .until(() -> replies.read(biru.id().toString(), InboundMessage.class)
                                    .size()
                            == 1);
            await().atMost(PATIENCE).until(() -> putAside("senders") == before + 1);
        }
    }

    private void learnt(Registered device, String phone) {
        database.run(
                "WITH learnt AS (INSERT INTO lid_phones (device_id, lid, phone, learnt_at) VALUES ($1, $2, $3, clock_timestamp()))"
                        + " UPDATE inbound_messages SET resolve_at = 'epoch' WHERE device_id = $1",
                device.id().value(),
                LID,
                phone);
    }

    /** It is there before the first one, or the alert would miss that. */
    private double putAside(String engine) {
        return metrics.get("siaran.set.aside").tag("engine", engine).counter().count();
    }

    private void dueAgain(Registered device) {
        database.run(
                "UPDATE callback_inbox SET due_at = clock_timestamp() WHERE device_id = $1",
                device.id().value());
    }

    /** A table takes only what meets a condition, until this is let go. */
    private final class Refusal implements AutoCloseable {

        private final String table;

        private Refusal(String table, String condition) {
            this.table = table;
            database.run("ALTER TABLE " + table + " ADD CONSTRAINT poison CHECK (" + condition + ") NOT VALID");
        }

        @Override
        public void close() {
            database.run("ALTER TABLE " + table + " DROP CONSTRAINT poison");
        }
    }
}
