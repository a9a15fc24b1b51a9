package io.siaran.dispatch.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Stage;
import io.siaran.localstack.TestServers;
import io.siaran.rest.Names;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Aminah has as much under way as a user may, all of it to names whose server never answers. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class SilentNamesTest {

    private static final int SILENT = 16;
    private static final int EVENTS = 4;

    private static final String SUBSCRIBE = """
            WITH listeners AS (INSERT INTO event_listeners (user_id) VALUES ('aminah'), ('razak')),
            silent AS (
              INSERT INTO webhooks (id, user_id, url, events, enabled)
              SELECT gen_random_uuid(), 'aminah', 'http://silent-' || i || '.example/hook', '{}', true FROM generate_series(1, %d) AS i)
            INSERT INTO webhooks (id, user_id, url, events, enabled) VALUES (gen_random_uuid(), 'razak', $1, '{}', true)
            """.formatted(SILENT);

    private static final String HAPPEN = "INSERT INTO new_events (user_id, type, subject, data)"
            + " SELECT $1, 'message.sent', gen_random_uuid(), '{}' FROM generate_series(1, " + EVENTS + ")";

    @Inject
    Stage stage;

    @Inject
    WebhookStage webhooks;

    @Inject
    Lanes lanes;

    @Inject
    Vertx vertx;

    @Inject
    ReceiverAddresses addresses;

    @Inject
    WebhookSecrets secrets;

    @Inject
    DeliverySignal signal;

    @Inject
    WebhookConfig config;

    @Inject
    Clock clock;

    @Inject
    RandomGenerator random;

    private final CountDownLatch over = new CountDownLatch(1);
    private Receiver crm;
    private Names names;
    private Post post;
    private DeliverDue due;

    @BeforeEach
    void setTheScene() {
        stage.reset();
        crm = new Receiver();
        names = new Names(this::answer, clock);
        post = new Post(vertx, names, addresses, config);
        due = new DeliverDue(
                lanes, new Deliver(post, secrets, config, clock, random), signal, config, new SimpleMeterRegistry());
    }

    @AfterEach
    void close() {
        over.countDown();
        due.stop();
        post.close();
        names.close();
        crm.close();
    }

    @Test
    @Timeout(40)
    void hold_up_no_other_tenant_and_count_against_no_webhook_whose_name_was_not_asked_for() throws Exception {
        // Given
        stage.rows(SUBSCRIBE, crm.url("/hook"));
        stage.rows(HAPPEN, "aminah");
        webhooks.number();
        assertThat(due.begin()).isEqualTo(SILENT * EVENTS);

        // When
        stage.rows(HAPPEN, "razak");
        webhooks.number();
        due.begin();

        // Then
        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(crm.heard("/hook")).hasSize(EVENTS));
        while (due.isBusy()) {
            due.writeNext();
        }
        assertThat(stage.rows("SELECT FROM webhooks WHERE failures > 0")).hasSizeBetween(1, Names.AT_ONCE_PER_USER);
        assertThat(stage.rows("SELECT FROM webhook_deliveries WHERE error = $1", Attempt.NOT_TRIED))
                .hasSizeGreaterThanOrEqualTo((SILENT - Names.AT_ONCE_PER_USER) * EVENTS);
    }

    private InetAddress[] answer(String name) throws UnknownHostException {
        if (!name.startsWith("silent")) {
            return InetAddress.getAllByName(name);
        }
        while (over.getCount() > 0) {
            try {
                over.await();
            } catch (InterruptedException ignored) {
                // Nothing interrupts the system.
            }
        }
        throw new UnknownHostException(name);
    }
}
