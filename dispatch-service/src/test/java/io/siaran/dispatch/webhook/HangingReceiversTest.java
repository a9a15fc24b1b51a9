package io.siaran.dispatch.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Stage;
import io.siaran.dispatch.webhook.Receiver.Heard;
import io.siaran.localstack.TestServers;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short form of {@code ./siaran bench webhooks}: one receiver in ten never answers. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class HangingReceiversTest {

    private static final int TENANTS = 20;
    private static final int WEBHOOKS_OF_A_TENANT = 5;
    private static final int FACTS = 400;
    private static final Duration BAR = Duration.ofSeconds(2);

    /** One webhook of every second tenant hangs. */
    private static final String SUBSCRIBE = """
            WITH listeners AS (
              INSERT INTO event_listeners (user_id) SELECT 'tenant-' || i FROM generate_series(1, %1$d) AS i)
            INSERT INTO webhooks (id, user_id, url, events, enabled)
            SELECT gen_random_uuid(), 'tenant-' || i, $1 || CASE WHEN n = 1 AND i %% 2 = 0 THEN '/hang' ELSE '/hook' END, '{}', true
            FROM generate_series(1, %1$d) AS i, generate_series(1, %2$d) AS n
            """.formatted(TENANTS, WEBHOOKS_OF_A_TENANT);

    private static final String HAPPEN =
            "INSERT INTO new_events (user_id, type, subject, data) SELECT 'tenant-' || 1 + $1::int % " + TENANTS
                    + ", 'message.sent', gen_random_uuid(), '{}'";

    @Inject
    Stage stage;

    @Inject
    WebhookStage webhooks;

    @Inject
    Lanes lanes;

    @Inject
    Deliver deliver;

    @Inject
    DeliverySignal signal;

    @Inject
    WebhookConfig config;

    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;
    private DeliverDue due;
    private Receiver crm;

    @BeforeEach
    void setTheScene() {
        stage.reset();
        crm = new Receiver();
        due = new DeliverDue(lanes, deliver, signal, config, new SimpleMeterRegistry());
    }

    @AfterEach
    void close() throws InterruptedException {
        stopped = true;
        crm.close();
        await().atMost(Duration.ofSeconds(20)).until(() -> !due.isBusy());
        due.stop();
        for (Thread thread : threads) {
            thread.interrupt();
            thread.join(Duration.ofSeconds(10));
        }
    }

    @Test
    @Timeout(60)
    void of_what_others_hear_ninety_nine_in_a_hundred_come_within_two_seconds() throws Exception {
        // Given
        stage.rows(SUBSCRIBE, crm.url(""));
        crm.answer("/hang", Receiver.HANG);
        threads.add(Thread.ofVirtual().start(this::deliver));
        threads.add(Thread.ofVirtual().start(this::write));

        // When
        for (int fact = 0; fact < FACTS; fact++) {
            stage.rows(HAPPEN, fact);
            Thread.sleep(10);
        }
        int all = FACTS * WEBHOOKS_OF_A_TENANT - FACTS / 2;
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(crm.heard("/hook")).hasSize(all));

        // Then
        List<Duration> late = crm.heard("/hook").stream()
                .map(HangingReceiversTest::late)
                .sorted()
                .toList();
        assertThat(late.get(late.size() * 99 / 100)).isLessThan(BAR);
        assertThat(crm.heard("/hang")).hasSizeGreaterThanOrEqualTo(TENANTS / 2);
    }

    private static Duration late(Heard heard) {
        return Duration.between(Instant.parse(heard.json().path("timestamp").asText()), heard.at());
    }

    private void deliver() {
        while (!stopped) {
            try {
                webhooks.number();
                signal.await(due.begin() > 0 ? Duration.ZERO : config.interval());
            } catch (InterruptedException ending) {
                return;
            }
        }
    }

    private void write() {
        try {
            while (true) {
                due.writeNext();
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
