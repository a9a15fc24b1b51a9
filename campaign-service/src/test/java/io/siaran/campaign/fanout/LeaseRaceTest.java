package io.siaran.campaign.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.campaign.Cast;
import io.siaran.localstack.TestServers;
import io.siaran.model.CampaignId;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class LeaseRaceTest {

    private static final int CAMPAIGNS = 40;
    private static final int REPLICAS = 8;

    @Inject
    Cast cast;

    @Inject
    Database database;

    @Inject
    FanOutStore store;

    private final String user = Cast.newUser();

    @Test
    void a_fan_out_is_never_leased_twice() throws Exception {
        // Given
        List<CampaignId> campaigns = IntStream.range(0, CAMPAIGNS)
                .mapToObj(i -> Cast.campaign(user, Map.of()))
                .toList();
        database.run(
                "UPDATE campaigns SET status = 'triggered', triggered_at = clock_timestamp() WHERE user_id = $1", user);

        // When
        List<Leased> leased = race();

        // Then
        assertThat(leased).extracting(Leased::campaign).doesNotHaveDuplicates().isSubsetOf(campaigns);
        leased.forEach(store::end);
        // The service's own worker, which the new campaigns woke, may have taken some of them.
        await().untilAsserted(() -> assertThat(campaigns).allMatch(cast::fanOutHasEnded));
    }

    private List<Leased> race() throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<List<Leased>>> replicas = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < REPLICAS; i++) {
                replicas.add(threads.submit(replica(start)));
            }
            start.countDown();
        }
        List<Leased> leased = new ArrayList<>();
        for (Future<List<Leased>> replica : replicas) {
            leased.addAll(replica.get());
        }
        return leased;
    }

    private Callable<List<Leased>> replica(CountDownLatch start) {
        return () -> {
            start.await();
            return Stream.generate(store::lease)
                    .takeWhile(Optional::isPresent)
                    .map(Optional::get)
                    .toList();
        };
    }
}
