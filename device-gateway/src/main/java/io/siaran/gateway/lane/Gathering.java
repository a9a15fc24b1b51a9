package io.siaran.gateway.lane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * Does in one go what comes while the last go is under way: nobody waits for company, and the busier it is, the larger the
 * groups. Who asks waits for its own answer, on a virtual thread. When a group fails, each of it is done by itself, so that one
 * cannot fail the others.
 */
final class Gathering<T, R> {

    private final int groupsAtOnce;
    private final int largestGroup;
    private final Function<List<T>, List<R>> work;

    private final Deque<Asked<T, R>> waiting = new ArrayDeque<>();
    private int underWay;

    private record Asked<T, R>(T item, CompletableFuture<R> answer) {}

    /** @param work answers as many as it is given, in their order */
    Gathering(int groupsAtOnce, int largestGroup, Function<List<T>, List<R>> work) {
        this.groupsAtOnce = groupsAtOnce;
        this.largestGroup = largestGroup;
        this.work = work;
    }

    /** Throws what {@code work} threw on this item alone. */
    R ask(T item) {
        Asked<T, R> asked = new Asked<>(item, new CompletableFuture<>());
        if (enter(asked)) {
            Thread.startVirtualThread(this::workUntilNobodyWaits);
        }
        try {
            return asked.answer().join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }

    private synchronized boolean enter(Asked<T, R> asked) {
        waiting.add(asked);
        if (underWay == groupsAtOnce) {
            return false;
        }
        underWay++;
        return true;
    }

    private void workUntilNobodyWaits() {
        for (List<Asked<T, R>> group = next(); !group.isEmpty(); group = next()) {
            if (!isDone(group) && group.size() > 1) {
                group.forEach(each -> isDone(List.of(each)));
            }
        }
    }

    private synchronized List<Asked<T, R>> next() {
        List<Asked<T, R>> group = new ArrayList<>();
        while (group.size() < largestGroup && !waiting.isEmpty()) {
            group.add(waiting.remove());
        }
        if (group.isEmpty()) {
            underWay--;
        }
        return group;
    }

    private boolean isDone(List<Asked<T, R>> group) {
        try {
            List<R> answers = work.apply(group.stream().map(Asked::item).toList());
            for (int i = 0; i < group.size(); i++) {
                group.get(i).answer().complete(answers.get(i));
            }
            return true;
        } catch (RuntimeException | Error failure) {
            if (group.size() == 1) {
                group.getFirst().answer().completeExceptionally(failure);
            }
            return false;
        }
    }
}
