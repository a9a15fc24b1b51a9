package io.siaran.rest;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks up names that users chose, for many of them. A silent name server holds the thread that asks it, and nothing interrupts that: so a name is
 * asked for once, however many wait for it, and each user has few threads, however many silent names it has. Addresses are kept
 * for a moment, and are not judged here. Waits, for virtual threads.
 */
@ApplicationScoped
public class Names {

    static final Duration KEPT = Duration.ofSeconds(30);

    /** A name that is answered takes a thread for milliseconds: few are enough for all that a user has. */
    public static final int AT_ONCE_PER_USER = 4;

    /** Only 64 users with silent names hold all; threads that nobody needs end. */
    private static final int AT_ONCE = 64 * AT_ONCE_PER_USER;

    private static final int WAITING = 1_024;
    private static final int KEPT_NAMES = 10_000;

    private final Map<String, LookUp> lookUps = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LookUp> eldest) {
            return size() > KEPT_NAMES;
        }
    };
    private final Map<String, Semaphore> placesOfUsers = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            AT_ONCE,
            AT_ONCE,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name("name-", 0).factory());
    private final NameServer server;
    private final InstantSource clock;

    /** Whom a name is asked of; waits, for as long as it likes. */
    public interface NameServer {
        InetAddress[] addresses(String name) throws UnknownHostException;
    }

    /** Nobody was asked for the name in time, so nothing is known about it. */
    public static final class NotAskedException extends Exception {}

    @Inject
    Names(Clock clock) {
        this(InetAddress::getAllByName, clock);
    }

    public Names(NameServer server, InstantSource clock) {
        threads.allowCoreThreadTimeOut(true);
        this.server = server;
        this.clock = clock;
    }

    @PreDestroy
    public void close() {
        threads.shutdownNow();
    }

    /**
     * The addresses of a name, at least one.
     *
     * @throws UnknownHostException when nobody knows the name, or who was asked is silent
     * @throws NotAskedException when all places of the user were taken meanwhile, by its other names
     */
    public InetAddress[] addresses(String user, String host, Duration patience)
            throws UnknownHostException, NotAskedException, InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        String name = host.toLowerCase(Locale.ROOT);
        LookUp lookUp = known(name);
        if (lookUp == null) {
            // A place comes first, then what others may share: nobody waits for the places of another user.
            Semaphore places = placesOfUsers.computeIfAbsent(user, _ -> new Semaphore(AT_ONCE_PER_USER));
            if (!places.tryAcquire(until - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new NotAskedException();
            }
            lookUp = knownOrBegun(name, places);
        }
        return lookUp.await(until - System.nanoTime());
    }

    /** What is under way or was answered a moment ago, or null. */
    private synchronized LookUp known(String name) {
        LookUp lookUp = lookUps.get(name);
        return lookUp == null || lookUp.isOld(clock.instant()) ? null : lookUp;
    }

    /** Gives the place back when it is needed no more. */
    private synchronized LookUp knownOrBegun(String name, Semaphore places) throws NotAskedException {
        LookUp known = known(name);
        if (known != null) {
            places.release();
            return known;
        }
        LookUp begun = new LookUp();
        try {
            threads.execute(() -> ask(name, begun, places));
        } catch (RejectedExecutionException full) {
            places.release();
            throw new NotAskedException();
        }
        lookUps.put(name, begun);
        return begun;
    }

    private void ask(String name, LookUp lookUp, Semaphore places) {
        lookUp.asked = true;
        try {
            InetAddress[] addresses = server.addresses(name);
            lookUp.answeredAt = clock.instant();
            lookUp.answer.complete(addresses);
        } catch (UnknownHostException | RuntimeException | Error unknown) {
            forget(name, lookUp);
            lookUp.answer.completeExceptionally(unknown);
        } finally {
            places.release();
        }
    }

    private synchronized void forget(String name, LookUp lookUp) {
        lookUps.remove(name, lookUp);
    }

    /** One question, for all who want to know the same meanwhile. */
    private static final class LookUp {

        private final CompletableFuture<InetAddress[]> answer = new CompletableFuture<>();
        private volatile boolean asked;
        private volatile Instant answeredAt;

        boolean isOld(Instant now) {
            return answeredAt != null && !now.isBefore(answeredAt.plus(KEPT));
        }

        InetAddress[] await(long nanos) throws UnknownHostException, NotAskedException, InterruptedException {
            try {
                return answer.get(nanos, TimeUnit.NANOSECONDS);
            } catch (ExecutionException unknown) {
                throw new UnknownHostException(unknown.getCause().getMessage());
            } catch (TimeoutException silent) {
                if (asked) {
                    throw new UnknownHostException("nobody answers");
                }
                throw new NotAskedException();
            }
        }
    }
}
