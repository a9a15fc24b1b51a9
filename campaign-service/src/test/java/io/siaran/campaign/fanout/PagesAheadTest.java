package io.siaran.campaign.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.siaran.campaign.planning.AudienceRow;
import io.siaran.model.LeadId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PagesAheadTest {

    private final List<LeadId> leads =
            Stream.generate(() -> new LeadId(UUID.randomUUID())).limit(4).toList();
    private final List<LeadId> readAfter = Collections.synchronizedList(new ArrayList<>());
    private final PagesAhead ahead = new PagesAhead(this::read, PagesAheadTest::page, Runnable::run, null);

    @AfterEach
    void close() {
        ahead.close();
    }

    @Test
    void each_page_is_read_once_and_nothing_behind_the_last() {
        // When
        List<LeadId> taken = List.of(last(), last(), last(), last());

        // Then
        assertThat(taken).isEqualTo(leads);
        assertThat(readAfter).containsExactly(null, leads.get(0), leads.get(1), leads.get(2));
    }

    @Test
    void two_are_read_ahead_of_whoever_takes_them_and_no_third() {
        // Given
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger taken = new AtomicInteger();
        try (PagesAhead slow = new PagesAhead(
                cursor -> {
                    assertThat(begun.incrementAndGet()).isLessThanOrEqualTo(taken.get() + 2);
                    return read(cursor);
                },
                PagesAheadTest::page,
                Runnable::run,
                null)) {
            for (LeadId lead : leads) {
                // When
                await().until(() -> begun.get() == Math.min(leads.size(), taken.get() + 2));
                taken.incrementAndGet();

                // Then
                assertThat(slow.take().orElseThrow().page().last()).isEqualTo(lead);
            }
        }
    }

    @Test
    void what_fails_while_it_is_read_fails_whoever_takes_it() {
        try (PagesAhead broken = new PagesAhead(
                _ -> {
                    throw new StackOverflowError("no database");
                },
                PagesAheadTest::page,
                Runnable::run,
                null)) {
            assertThatThrownBy(broken::take).hasRootCauseMessage("no database");
        }
    }

    @Test
    void a_page_that_is_stale_is_read_again_and_so_is_what_was_read_ahead_of_it() {
        // Given
        last();
        ReadPage stale = ahead.take().orElseThrow().read();

        // When
        ahead.goBackTo(stale.after());

        // Then
        assertThat(List.of(last(), last(), last())).containsExactlyElementsOf(leads.subList(1, 4));
        assertThat(readAfter).endsWith(leads.get(0), leads.get(1), leads.get(2));
    }

    @Test
    void the_next_page_is_read_while_the_messages_of_this_one_are_made() {
        // Given
        CountDownLatch secondIsRead = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                PagesAhead inThreads = new PagesAhead(
                        cursor -> {
                            Optional<ReadPage> page = read(cursor);
                            if (cursor != null) {
                                secondIsRead.countDown();
                            }
                            return page;
                        },
                        read -> {
                            assertThat(read.after() != null || isOver(secondIsRead))
                                    .isTrue();
                            return page(read);
                        },
                        threads,
                        null)) {
            // When
            ReadPage first = inThreads.take().orElseThrow().read();

            // Then
            assertThat(first.last()).isEqualTo(leads.getFirst());
        }
    }

    private static boolean isOver(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static FanOutPage page(ReadPage read) {
        return new FanOutPage(List.of(), List.of(), List.of(), read.last());
    }

    private LeadId last() {
        return ahead.take().orElseThrow().page().last();
    }

    /** A page of one lead. */
    private Optional<ReadPage> read(LeadId cursor) {
        readAfter.add(cursor);
        LeadId next = leads.get(cursor == null ? 0 : leads.indexOf(cursor) + 1);
        return Optional.of(new ReadPage(
                cursor, 0, List.of(new AudienceRow.Unreadable(next, "none")), next.equals(leads.getLast())));
    }
}
