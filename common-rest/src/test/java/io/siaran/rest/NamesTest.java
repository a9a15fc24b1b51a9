package io.siaran.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class NamesTest {

    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final CountDownLatch answers = new CountDownLatch(1);
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-29T00:00:00Z"));
    private final Names names = new Names(this::answer, now::get);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        answers.countDown();
        names.close();
        threads.close();
    }

    @Test
    void a_user_with_many_silent_names_takes_few_threads_and_holds_up_no_other() throws Exception {
        // Given
        List<CompletableFuture<Throwable>> silent = IntStream.range(0, 300)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> catchThrowable(() -> names.addresses("aminah", i + ".silent", SHORT)), threads))
                .toList();
        await().until(() -> asked.size() >= Names.AT_ONCE_PER_USER);

        // When
        InetAddress[] found = names.addresses("razak", "crm.example", SHORT);

        // Then
        assertThat(found).hasSize(1);
        List<Throwable> outcomes = silent.stream().map(CompletableFuture::join).toList();
        assertThat(asked).hasSize(Names.AT_ONCE_PER_USER + 1);
        assertThat(outcomes)
                .filteredOn(UnknownHostException.class::isInstance)
                .as("whose server is silent")
                .hasSize(Names.AT_ONCE_PER_USER);
        assertThat(outcomes)
                .filteredOn(Names.NotAskedException.class::isInstance)
                .as("who had no place")
                .hasSize(300 - Names.AT_ONCE_PER_USER);
    }

    @Test
    void nobody_waits_for_a_name_that_waits_for_the_places_of_another_user() throws Exception {
        // Given
        for (int i = 0; i < Names.AT_ONCE_PER_USER; i++) {
            String name = i + ".silent";
            var _ = threads.submit(() -> names.addresses("aminah", name, LONG));
        }
        await().until(() -> asked.size() == Names.AT_ONCE_PER_USER);
        var waits = threads.submit(() -> names.addresses("aminah", "crm.example", LONG));

        // When
        InetAddress[] found = names.addresses("razak", "crm.example", SHORT);

        // Then
        assertThat(found).hasSize(1);
        answers.countDown();
        assertThat(waits.get(10, TimeUnit.SECONDS)).isEqualTo(found);
        assertThat(asked).containsOnlyOnce("crm.example");
    }

    @Test
    void a_name_is_asked_for_once_for_all_who_wait_and_kept_for_a_moment() throws Exception {
        // Given
        var waiting = IntStream.range(0, 20)
                .mapToObj(i -> threads.submit(() -> names.addresses("user-" + i, "one.silent", LONG)))
                .toList();
        await().until(() -> asked.size() == 1);

        // When
        answers.countDown();
        for (var each : waiting) {
            assertThat(each.get()).hasSize(1);
        }
        names.addresses("aminah", "ONE.silent", SHORT);

        // Then
        assertThat(asked).containsExactly("one.silent");
        now.set(now.get().plus(Names.KEPT));
        names.addresses("aminah", "one.silent", SHORT);
        assertThat(asked).hasSize(2);
    }

    @Test
    void a_name_that_nobody_knows_is_asked_for_again() {
        for (int i = 0; i < 2 * Names.AT_ONCE_PER_USER; i++) {
            assertThatThrownBy(() -> names.addresses("aminah", "nobody.unknown", LONG))
                    .isInstanceOf(UnknownHostException.class);
        }

        assertThat(asked).hasSize(2 * Names.AT_ONCE_PER_USER);
    }

    /** As the system does it: what hangs takes no notice of interruptions. */
    private InetAddress[] answer(String name) throws UnknownHostException {
        asked.add(name);
        if (name.endsWith(".unknown")) {
            throw new UnknownHostException(name);
        }
        while (name.endsWith(".silent") && answers.getCount() > 0) {
            try {
                answers.await();
            } catch (InterruptedException ignored) {
                // Goes on hanging.
            }
        }
        return new InetAddress[] {InetAddress.getByAddress(name, new byte[] {127, 0, 0, 1})};
    }
}
