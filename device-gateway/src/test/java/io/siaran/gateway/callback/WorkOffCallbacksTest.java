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
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many work at the inbox at once, whatever one of them waits for. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class WorkOffCallbacksTest extends CallbackScene {

    private static final int NEWS = 8;
    private static final String CLAIMED =
            "SELECT count(*) FROM callback_inbox WHERE device_id = $1 AND purpose = 'connection' AND failures > 0";

    /** All news of its connection would want its row, each by a connection of its own to the database. */
    @Test
    void a_device_whose_news_cannot_be_told_takes_one_worker_and_holds_up_no_receipt() throws Exception {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        Registered biru = Cast.device(Cast.MAJU, "biru");
        Taken hello = taken(biru, Cast.ANI);
        String address = address(merah);
        List<String> bodies = IntStream.range(0, NEWS)
                .mapToObj(
                        n -> CallbackForms.ended("wablas", "x").replace("1795831200", Integer.toString(1795831200 + n)))
                .toList();

        try (HeldLock _ = HeldLock.ofDevice(database, merah.id())) {
            // When
            post(address, bodies.getFirst()).statusCode(200);
            await().atMost(PATIENCE).until(() -> claimed(merah) == 1);
            for (String body : bodies.subList(1, NEWS)) {
                post(address, body).statusCode(200);
                await().pollDelay(Duration.ofMillis(100)).until(() -> true);
            }
            post(address(biru), receipt(hello, "delivered")).statusCode(200);

            // Then
            assertThat(events(biru, 1)).hasSize(1);
            assertThat(claimed(merah)).isOne();
        }
        awaitWorkedOff(merah);
    }

    private long claimed(Registered device) {
        return database.run(CLAIMED, device.id().value()).iterator().next().getLong(0);
    }
}
