package io.siaran.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.localstack.metrics.Scrape;
import io.siaran.model.DeviceId;
import io.siaran.model.SequenceId;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What Prometheus stores of sequence-service does not grow with tenants, devices and sequences. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class BoundedSeriesTest {

    private static final int SHOPS = 10;
    private static final int DEVICES = 20;
    private static final int CONTACTS = 2;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Inject
    Stage stage;

    @Test
    void many_shops_with_their_devices_and_sequences_bring_no_series_of_their_own() {
        // Given
        open();
        Scrape before = Scrape.of(management.resolve("metrics"));

        // When
        List<SequenceId> sequences = Stream.generate(this::open).limit(SHOPS).toList();

        // Then
        assertThat(sequences).doesNotHaveDuplicates();
        Scrape after = Scrape.of(management.resolve("metrics"));
        assertThat(after.since(before)).isEmpty();
        assertThat(after.unbounded()).isEmpty();
        assertThat(after.series()).hasSizeLessThan(Scrape.MOST);
    }

    /** A shop with a fleet and people who enter its sequence and get its first step. It looks as well. */
    private SequenceId open() {
        Tenant shop = stage.tenant();
        shop.becomeOnline(Stream.generate(() -> new DeviceId(UUID.randomUUID()))
                .limit(DEVICES)
                .toList());
        SequenceId fitness = shop.sequence(Fitness.challenge(2));
        shop.crowd(CONTACTS, "fitness_start");
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            stage.pass();
            return stage.fired(shop).size() == CONTACTS;
        });
        shop.as("viewer").get("/api/v1/sequences/" + fitness).then().statusCode(200);
        shop.as("viewer").get("/api/v1/sequences/" + UUID.randomUUID()).then().statusCode(404);
        return fitness;
    }
}
