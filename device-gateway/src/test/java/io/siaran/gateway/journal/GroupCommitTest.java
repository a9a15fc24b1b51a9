package io.siaran.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    private static final int REFUSED = 13;
    private static final int CUTS_THE_LINE = 99;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore mayWork = new Semaphore(0);
    private final List<List<Integer>> groups = new CopyOnWriteArrayList<>();
    private final GroupCommit<Integer, String> gathering = new GroupCommit<>(
            1,
            8,
            Comparator.reverseOrder(),
            item -> List.of(item % 100),
            this::work,
            failure -> failure instanceof IllegalArgumentException);

    @AfterEach
    void stop() {
        mayWork.release(1_000);
        threads.close();
    }

    @Test
    void what_comes_while_it_is_busy_is_done_in_one_go_in_order_and_each_has_its_own_answer() {
        // Given
        List<CompletableFuture<String>> first = ask(0);

        // When
        List<CompletableFuture<String>> others = ask(1, 2, 3, 4, 5, 6, 7, 8, 9);
        mayWork.release(3);

        // Then
        assertThat(answers(first)).containsExactly("0");
        assertThat(answers(others)).containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9");
        assertThat(groups).extracting(List::size).containsExactly(1, 8, 1);
        assertThat(groups.get(1)).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void what_claims_the_same_is_never_in_one_group_and_keeps_nobody_else_out() {
        // Given
        ask(0);

        // When
        List<CompletableFuture<String>> others = ask(1, 101, 201, 2);
        mayWork.release(100);

        // Then
        assertThat(answers(others)).containsExactly("1", "101", "201", "2");
        assertThat(groups.stream().map(group -> group.stream().map(item -> item % 100)))
                .allSatisfy(claims -> assertThat(claims).doesNotHaveDuplicates());
        assertThat(groups).hasSize(4);
    }

    @Test
    void one_that_is_refused_does_not_fail_the_others_of_its_group() {
        // Given
        ask(0);

        // When
        List<CompletableFuture<String>> others = ask(1, REFUSED, 2);
        mayWork.release(100);

        // Then
        assertThat(others.get(0).join()).isEqualTo("1");
        assertThat(others.get(2).join()).isEqualTo("2");
        assertThat(catchThrowable(others.get(1)::join)).hasRootCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_may_have_been_done_is_not_done_again() {
        // Given
        ask(0);

        // When
        List<CompletableFuture<String>> others = ask(1, CUTS_THE_LINE, 2);
        mayWork.release(100);

        // Then
        others.forEach(
                each -> assertThat(catchThrowable(each::join)).hasRootCauseInstanceOf(IllegalStateException.class));
        assertThat(groups.stream().flatMap(List::stream)).doesNotHaveDuplicates();
    }

    private List<String> work(List<Integer> group) {
        groups.add(group);
        mayWork.acquireUninterruptibly();
        if (group.contains(REFUSED)) {
            throw new IllegalArgumentException("refused");
        }
        if (group.contains(CUTS_THE_LINE)) {
            throw new IllegalStateException("the answer was lost");
        }
        return group.stream().map(String::valueOf).toList();
    }

    /** Returns when all of them have asked; the first one ever is under way by then. */
    private List<CompletableFuture<String>> ask(int... items) {
        List<CompletableFuture<String>> asked = IntStream.of(items)
                .mapToObj(item -> CompletableFuture.supplyAsync(() -> gathering.ask(item), threads))
                .toList();
        await().until(() -> groups.size() + gathering.waiting() >= 1 + (items[0] == 0 ? 0 : items.length));
        return asked;
    }

    private static List<String> answers(List<CompletableFuture<String>> asked) {
        return asked.stream().map(CompletableFuture::join).toList();
    }
}
