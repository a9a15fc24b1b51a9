package io.siaran.dispatch.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Stage;
import io.siaran.dispatch.webhook.Receiver.Heard;
import io.siaran.localstack.TestServers;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Processes that die while they deliver: what they had claimed or posted and not written down is lost with them. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class KilledDeliveriesTest {

    private static final int TENANTS = 50;
    private static final int SUBJECTS = 40;
    private static final int EVENTS_OF_A_SUBJECT = 5;
    private static final int ALL = TENANTS * SUBJECTS * EVENTS_OF_A_SUBJECT;

    private static final String HAPPEN = """
            INSERT INTO new_events (user_id, type, subject, data)
            SELECT 'tenant-' || tenant, 'message.sent', 'subject-' || subject, '{"n": ' || n || '}'
            FROM generate_series(1, %d) AS n, generate_series(1, %d) AS subject, generate_series(1, %d) AS tenant
            """.formatted(EVENTS_OF_A_SUBJECT, SUBJECTS, TENANTS);
    private static final String UNDELIVERED = "SELECT FROM webhook_deliveries WHERE status <> 'delivered'";
    private static final String TOLD =
            "SELECT user_id, subject, array_agg(id::text ORDER BY position) AS ids FROM events GROUP BY user_id, subject";

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

    private Receiver crm;

    @BeforeEach
    void setTheScene() {
        stage.reset();
        crm = new Receiver();
    }

    @AfterEach
    void close() {
        crm.close();
    }

    @Test
    @Timeout(120)
    void each_of_ten_thousand_events_arrives_under_its_id_and_in_the_order_of_its_subject() throws Exception {
        // Given
        IntStream.rangeClosed(1, TENANTS)
                .mapToObj(tenant -> "tenant-" + tenant)
                .forEach(tenant -> webhooks.webhook(tenant, crm.url("/" + tenant)));
        stage.rows(HAPPEN);
        webhooks.number();

        // When
        for (int arrived : List.of(300, 2_500, 6_000)) {
            liveUntil(arrived);
            lanes.claim(new InFlight(200, 4).room());
            webhooks.later("1 minute");
        }
        liveUntil(Integer.MAX_VALUE);
        // What broke off by itself on a busy machine rests a while.
        for (int round = 0; round < 5 && !stage.rows(UNDELIVERED).isEmpty(); round++) {
            webhooks.later("1 hour");
            liveUntil(Integer.MAX_VALUE);
        }

        // Then
        Map<String, List<Heard>> heard = crm.heard().stream().collect(Collectors.groupingBy(Heard::path));
        heard.values().forEach(KilledDeliveriesTest::saysTheSameUnderTheSameId);
        Map<String, List<String>> arrivals = new HashMap<>();
        heard.forEach((path, all) -> all.forEach(each -> arrivals.computeIfAbsent(
                        path.substring(1) + each.json().path("subject").asText(), _ -> new ArrayList<>())
                .add(each.id())));
        arrivals.replaceAll((_, ids) -> ids.stream().distinct().toList());
        Map<String, List<String>> told = new HashMap<>();
        stage.rows(TOLD)
                .forEach(row -> told.put(
                        row.getString("user_id") + row.getString("subject"), List.of(row.getArrayOfStrings("ids"))));
        assertThat(arrivals).isEqualTo(told);
        assertThat(crm.times()).isGreaterThan(ALL);
        assertThat(stage.rows(UNDELIVERED)).isEmpty();
        assertThat(stage.rows("SELECT FROM webhook_deliveries")).hasSize(ALL);
        assertThat(stage.rows("SELECT FROM webhook_lanes")).isEmpty();
    }

    /** A process that dies when so many requests have come, or nothing is left; nobody writes what it had under way. */
    private void liveUntil(int arrived) throws InterruptedException {
        var process = new DeliverDue(lanes, deliver, signal, config, new SimpleMeterRegistry());
        boolean more = true;
        while (more && crm.times() < arrived) {
            more = process.begin() > 0 || process.isBusy();
            if (process.isBusy()) {
                process.writeNext();
            }
        }
        process.stop();
    }

    private static void saysTheSameUnderTheSameId(List<Heard> heard) {
        Map<String, String> bodies = new HashMap<>();
        heard.forEach(each -> assertThat(bodies.merge(each.id(), each.body(), (first, _) -> first))
                .isEqualTo(each.body()));
    }
}
