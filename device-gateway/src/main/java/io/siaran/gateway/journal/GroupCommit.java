package io.siaran.gateway.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Group commit: what is asked while a group is under way makes up the next group. An item never waits for a group to fill,
 * and the busier it is, the larger the groups become. Items that claim the same go into different groups, in no certain
 * order. The caller waits for its own answer, on a virtual thread. A group that was rolled back is done again one by one, so
 * that one item cannot fail the others; after any other failure it may have been committed, and each caller gets it.
 */
public final class GroupCommit<T, R> {

    private final int groupsAtOnce;
    private final int largestGroup;
    private final Comparator<Asked<T, R>> order;
    private final Function<T, Collection<?>> claims;
    private final Function<List<T>, List<R>> work;
    private final Predicate<RuntimeException> undone;

    private final Deque<Asked<T, R>> waiting = new ArrayDeque<>();
    private int underWay;

    private record Asked<T, R>(T item, CompletableFuture<R> answer) {}

    /**
     * @param order of the items of a group
     * @param claims what no other item of its group may claim
     * @param work answers as many as it is given, in their order
     * @param undone whether a failure says for certain that nothing of the group was done
     */
    public GroupCommit(
            int groupsAtOnce,
            int largestGroup,
            Comparator<T> order,
            Function<T, Collection<?>> claims,
            Function<List<T>, List<R>> work,
            Predicate<RuntimeException> undone) {
        this.groupsAtOnce = groupsAtOnce;
        this.largestGroup = largestGroup;
        this.order = Comparator.comparing(Asked::item, order);
        this.claims = claims;
        this.work = work;
        this.undone = undone;
    }

    /** Throws what {@code work} threw on this item alone. */
    public R ask(T item) {
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

    /** How many have asked and are not under way. */
    public synchronized int waiting() {
        return waiting.size();
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
            work(group);
        }
    }

    private synchronized List<Asked<T, R>> next() {
        List<Asked<T, R>> group = new ArrayList<>();
        Set<Object> claimed = new HashSet<>();
        for (Iterator<Asked<T, R>> each = waiting.iterator(); group.size() < largestGroup && each.hasNext(); ) {
            Asked<T, R> asked = each.next();
            Collection<?> claim = claims.apply(asked.item());
            if (Collections.disjoint(claimed, claim)) {
                claimed.addAll(claim);
                group.add(asked);
                each.remove();
            }
        }
        if (group.isEmpty()) {
            underWay--;
        }
        group.sort(order);
        return group;
    }

    private void work(List<Asked<T, R>> group) {
        try {
            List<R> answers = work.apply(group.stream().map(Asked::item).toList());
            for (int i = 0; i < group.size(); i++) {
                group.get(i).answer().complete(answers.get(i));
            }
        } catch (RuntimeException failure) {
            if (group.size() > 1 && undone.test(failure)) {
                group.forEach(each -> work(List.of(each)));
            } else {
                fail(group, failure);
            }
        } catch (Error failure) {
            fail(group, failure);
        }
    }

    private static <T, R> void fail(List<Asked<T, R>> group, Throwable failure) {
        group.forEach(each -> each.answer().completeExceptionally(failure));
    }
}
