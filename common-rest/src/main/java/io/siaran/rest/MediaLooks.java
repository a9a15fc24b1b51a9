package io.siaran.rest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The looks at the images of one request: some at once, and all of them within one time. Waits, for virtual threads. */
final class MediaLooks {

    private static final String TOO_SLOW = "cannot be fetched: its server is too slow";

    private final ExecutorService threads;
    private final Semaphore ofAll;
    private final Semaphore ofThese;
    private final long until;

    /**
     * @param ofAll shared with the looks of other requests
     * @param atOnce of this request
     * @param patience from now on; what is not looked at by then is too slow
     */
    MediaLooks(ExecutorService threads, Semaphore ofAll, int atOnce, Duration patience) {
        this.threads = threads;
        this.ofAll = ofAll;
        this.ofThese = new Semaphore(atOnce, true);
        this.until = System.nanoTime() + patience.toNanos();
    }

    /** How long they may go on; zero at least. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, until - System.nanoTime()));
    }

    /**
     * Each address is asked once, however many fields show it.
     *
     * @param addresses by the field that shows it
     */
    List<Violation> violations(MediaFetch fetch, Map<String, String> addresses) {
        Map<String, Future<Optional<String>>> looks = new HashMap<>();
        addresses.values().forEach(url -> looks.computeIfAbsent(url, _ -> threads.submit(() -> objection(fetch, url))));
        try {
            List<Violation> violations = new ArrayList<>();
            addresses.forEach(
                    (field, url) -> answer(looks.get(url)).ifPresent(why -> violations.add(new Violation(field, why))));
            return violations;
        } finally {
            // Whatever came of it: what is still looked at holds a place that others need.
            looks.values().forEach(look -> look.cancel(true));
        }
    }

    /** Its own places come first: who waits for them takes none of what others could have. */
    private Optional<String> objection(MediaFetch fetch, String url) throws InterruptedException {
        ofThese.acquire();
        try {
            ofAll.acquire();
            try {
                Optional<String> why = fetch.objection(url);
                // What failed because the time was over is too slow as well.
                return why.isPresent() && left().isZero() ? Optional.of(TOO_SLOW) : why;
            } finally {
                ofAll.release();
            }
        } finally {
            ofThese.release();
        }
    }

    private Optional<String> answer(Future<Optional<String>> look) {
        try {
            return look.get(left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException tooSlow) {
            return Optional.of(TOO_SLOW);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("an image could not be looked at", failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while images were looked at", stopped);
        }
    }
}
