package io.siaran.gateway.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.kafka.RecordIntake;
import io.siaran.localstack.TestServers;
import io.siaran.model.Json;
import io.siaran.model.Topic;
import io.siaran.trace.MessageTraces;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.junit.jupiter.api.Test;

/** What is taken and not settled is told by its age, and by nothing else: the channel stays open however old it gets. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class UnsettledTest extends TurnScene {

    @Inject
    Config settings;

    @Inject
    RecordIntake records;

    private final MeterRegistry own = new SimpleMeterRegistry();
    private final CountDownLatch databaseIsBack = new CountDownLatch(1);

    @Test
    void no_age_of_a_record_closes_the_channel() {
        String strategy = "mp.messaging.incoming.device-sends.commit-strategy";
        String limit = "mp.messaging.incoming.device-sends.throttled.unprocessed-record-max-age.ms";

        assertThat(settings.getValue(strategy, String.class)).isEqualTo("throttled");
        assertThat(settings.getValue(limit, int.class)).isZero();
    }

    @Test
    void a_record_is_told_from_when_it_is_taken_until_it_is_settled() {
        // Given
        HaltingJournal away = journal();
        away.beforeBegin = this::awaitDatabase;
        DeviceSendIntake intake = intake(lanes(away));
        CompletableFuture<Void> settled = new CompletableFuture<>();
        assertThat(oldest()).isZero();

        // When
        intake.receive(send(settled));

        // Then
        double before = oldest();
        assertThat(before).isPositive();
        await().atMost(PATIENCE).until(() -> oldest() > before);

        // When
        databaseIsBack.countDown();

        // Then
        await().atMost(PATIENCE).until(settled::isDone);
        assertThat(oldest()).isZero();
    }

    @Test
    void a_record_that_is_another_s_now_is_told_no_more() {
        // Given
        HaltingJournal away = journal();
        away.beforeBegin = this::awaitDatabase;
        Lanes lanes = lanes(away);
        DeviceSendIntake intake = intake(lanes);
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        CompletableFuture<Void> speaking = new CompletableFuture<>();
        intake.receive(send(merah, speaking));
        intake.receive(send(merah, new CompletableFuture<>()));

        // When
        lanes.leave(partition -> partition == 0);
        databaseIsBack.countDown();

        // Then
        await().atMost(PATIENCE).until(speaking::isDone);
        assertThat(oldest()).isZero();
    }

    private DeviceSendIntake intake(Lanes lanes) {
        return new DeviceSendIntake(lanes, config, records, MessageTraces.off(), own);
    }

    private void awaitDatabase() {
        try {
            databaseIsBack.await();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private Message<String> send(CompletableFuture<Void> settled) {
        return send(Cast.onlineDevice(Cast.SINAR, "merah"), settled);
    }

    private static Message<String> send(Registered device, CompletableFuture<Void> settled) {
        String payload = Json.write(Cast.send(device, Cast.message(), Cast.ANI));
        var record = new ConsumerRecord<>(
                Topic.DEVICE_SENDS.topicName(), 0, 0, device.id().toString(), payload);
        return Message.of(payload, Metadata.of(new IncomingKafkaRecordMetadata<>(record, "device-sends")), () -> {
            settled.complete(null);
            return CompletableFuture.completedFuture(null);
        });
    }

    private double oldest() {
        return own.get("siaran.sends.oldest.unsettled").gauge().value();
    }
}
