package io.siaran.rest;

import static io.siaran.rest.Api.NOTES;
import static io.siaran.rest.Api.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.siaran.localstack.TestServers;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class LargeListsTest {

    private final String greedy = "greedy-" + UUID.randomUUID();
    private final String other = "other-" + UUID.randomUUID();

    @Test
    void oneUserMakesTwoLargeListsAtOnceAndHoldsUpNobodyElse() throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Response>> all = IntStream.range(0, 4)
                    .mapToObj(_ -> callers.submit(() -> gated(greedy, 500)))
                    .toList();
            entered(2);
            assertThat(viewer(greedy).get(NOTES + "?limit=100").statusCode())
                    .as("a short list does not wait")
                    .isEqualTo(200);
            Future<Response> others = callers.submit(() -> gated(other, 500));
            entered(1);

            List<Response> refused = all.stream()
                    .filter(LargeListsTest::isDoneSoon)
                    .map(LargeListsTest::answer)
                    .toList();
            assertThat(refused).hasSize(2).allSatisfy(response -> {
                assertThat(response.statusCode()).isEqualTo(503);
                assertThat(response.header("Retry-After")).isEqualTo("5");
                assertThat(response.jsonPath().getString("code")).isEqualTo("unavailable");
            });
            assertThat(NoteResource.ENTERED.availablePermits()).isZero();

            NoteResource.GATE.countDown();
            assertThat(answer(others).statusCode()).isEqualTo(200);
            assertThat(all.stream().filter(f -> answer(f).statusCode() == 200)).hasSize(2);
        }
        for (int i = 0; i < 5; i++) {
            assertThat(gated(greedy, 500).statusCode())
                    .as("places are given back")
                    .isEqualTo(200);
        }
    }

    private static Response gated(String user, int limit) {
        return viewer(user).get(NOTES + "/gated?limit=" + limit);
    }

    private static void entered(int lists) throws InterruptedException {
        assertThat(NoteResource.ENTERED.tryAcquire(lists, 20, TimeUnit.SECONDS)).isTrue();
    }

    /** Patience is a second in this module. */
    private static boolean isDoneSoon(Future<Response> call) {
        try {
            call.get(3, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException held) {
            return false;
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    private static Response answer(Future<Response> call) {
        try {
            return call.get(20, TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
