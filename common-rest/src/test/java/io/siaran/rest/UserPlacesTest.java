package io.siaran.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UserPlacesTest {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void close() {
        end.countDown();
        threads.close();
    }

    @Test
    void who_reads_much_at_once_is_told_to_come_again_and_another_reads() throws Exception {
        // Given
        UserPlaces places = new UserPlaces(2, Duration.ofMillis(50), "too many");
        List<CompletableFuture<String>> slow = slow(places, "ani", 2);

        // When
        Refusal third = catchThrowableOfType(Refusal.class, () -> places.in("ani", () -> "third"));

        // Then
        assertThat(third.status()).isEqualTo(429);
        assertThat(third.retryAfter()).isPresent();
        assertThat(places.in("budi", () -> "another's")).isEqualTo("another's");
        end.countDown();
        assertThat(slow).allSatisfy(each -> assertThat(each.get()).isEqualTo("read"));
        assertThat(places.in("ani", () -> "again")).isEqualTo("again");
        assertThat(places.users()).isZero();
    }

    @Test
    void a_place_is_free_again_whatever_becomes_of_the_read() {
        UserPlaces places = new UserPlaces(1, Duration.ofMillis(50), "too many");

        assertThatThrownBy(() -> places.in("ani", () -> {
                    throw new IllegalStateException("no such table");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(places.in("ani", () -> "again")).isEqualTo("again");
        assertThat(places.users()).isZero();
    }

    @Test
    void who_waits_reads_as_soon_as_there_is_a_place() throws Exception {
        // Given
        UserPlaces places = new UserPlaces(1, Duration.ofSeconds(20), "too many");
        slow(places, "ani", 1);

        // When
        CompletableFuture<String> waits =
                CompletableFuture.supplyAsync(() -> places.in("ani", () -> "at last"), threads);
        assertThat(waits).isNotDone();
        end.countDown();

        // Then
        assertThat(waits.get()).isEqualTo("at last");
    }

    /** So many reads that go on until the end. */
    private List<CompletableFuture<String>> slow(UserPlaces places, String user, int reads) throws Exception {
        CountDownLatch begun = new CountDownLatch(reads);
        List<CompletableFuture<String>> all = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> places.in(user, () -> {
                            begun.countDown();
                            awaitTheEnd();
                            return "read";
                        }),
                        threads))
                .limit(reads)
                .toList();
        begun.await();
        return all;
    }

    private void awaitTheEnd() {
        try {
            end.await();
        } catch (InterruptedException stopping) {
            throw new IllegalStateException(stopping);
        }
    }
}
