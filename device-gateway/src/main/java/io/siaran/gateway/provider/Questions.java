package io.siaran.gateway.provider;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Questions to platforms, each of which may take a whole time-out: so many at once, and of them so many at one host. A host that is
 * slow to answer takes the places of no other, and nobody waits for it.
 */
public final class Questions {

    /** What answers within it is followed by the next at once; what does not waits for no other, and no other for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final int atOnce;
    private final int atOneHost;
    private final Map<String, Integer> underWay = new ConcurrentHashMap<>();
    /** Of our own, not Quarkus': those hand the job's Vert.x context on to all of them. */
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public Questions(int atOnce, int atOneHost) {
        this.atOnce = atOnce;
        this.atOneHost = atOneHost;
    }

    /** How many more may be asked now. */
    public int room() {
        return atOnce - underWay.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How many may be under way at one host. */
    public int atOneHost() {
        return atOneHost;
    }

    /** How many are, at each host that has not answered yet. */
    public Map<String, Integer> underWay() {
        return Map.copyOf(underWay);
    }

    /** Asks all at once. Waits a moment for the answers, and leaves alone those that take longer. */
    public <T> void ask(Collection<T> all, Function<T, String> host, Consumer<T> question) {
        CountDownLatch answered = new CountDownLatch(all.size());
        for (T each : all) {
            underWay.merge(host.apply(each), 1, Integer::sum);
            threads.execute(() -> {
                try {
                    question.accept(each);
                } finally {
                    underWay.computeIfPresent(host.apply(each), (_, now) -> now == 1 ? null : now - 1);
                    answered.countDown();
                }
            });
        }
        await(answered);
    }

    private static void await(CountDownLatch answered) {
        try {
            answered.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
