package io.siaran.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Looks at the images of a request before it is saved, where its caller asks for it: every {@code media_url} or
 * {@code image_url} of the body, a merge patch included. It is a help for authors and no promise: an image can be taken away before it is sent.
 *
 * <pre>{@code
 * return media.before(check, body, () -> writes.inSession(() -> author.create(user, body)));   // reactive
 * media.refuse(check, body);                                                                 // virtual threads
 * }</pre>
 */
@ApplicationScoped
public class MediaCheck {

    /** What the bodies of the services call it. */
    private static final Set<String> FIELDS = Set.of("media_url", "image_url");

    private static final String TOO_SLOW = "cannot be fetched: its server is too slow";

    private final ObjectMapper mapper;
    private final ImageDownload download;
    private final MediaFetch fetch;
    private final Duration patience;
    private final Semaphore permits;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("media-", 0).factory());

    @Inject
    MediaCheck(ObjectMapper mapper, MediaConfig config, Vertx vertx) {
        this.mapper = mapper;
        this.patience = config.patience();
        this.permits = new Semaphore(config.atOnce(), true);
        this.download = new ImageDownload(vertx, config.patience(), config.atOnce());
        this.fetch = new MediaFetch(
                download,
                InetAddress::getAllByName,
                config.largest().asLongValue(),
                config.patience(),
                address -> !config.allowInternalAddresses() && InternalAddresses.contain(address));
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
        download.close();
    }

    /**
     * Saves when nothing is wrong with the images, on the caller's own context.
     *
     * @return fails with a {@link Refusal} (a 400) that names every address that is wrong, and then nothing was saved
     */
    public <T> Uni<T> before(CheckMedia asked, Object body, Supplier<Uni<T>> save) {
        if (!asked.isWanted()) {
            return save.get();
        }
        Context context = Vertx.currentContext();
        return Uni.createFrom()
                .voidItem()
                .invoke(() -> refuse(asked, body))
                .runSubscriptionOn(threads)
                .emitOn(work -> context.runOnContext(_ -> work.run()))
                .flatMap(_ -> save.get());
    }

    /**
     * For threads that may wait.
     *
     * @throws Refusal (a 400) that names every address that is wrong
     */
    public void refuse(CheckMedia asked, Object body) {
        if (!asked.isWanted()) {
            return;
        }
        Map<String, String> addresses = new TreeMap<>();
        find("", mapper.valueToTree(body), addresses);
        List<Violation> violations = violations(addresses);
        if (!violations.isEmpty()) {
            throw Refusal.invalid(violations);
        }
    }

    private static void find(String path, JsonNode node, Map<String, String> addresses) {
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                find(path + "[" + i + "]", node.get(i), addresses);
            }
        }
        node.properties().forEach(field -> {
            String name = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            if (FIELDS.contains(field.getKey()) && field.getValue().isTextual()) {
                addresses.put(name, field.getValue().textValue());
            } else {
                find(name, field.getValue(), addresses);
            }
        });
    }

    /** Each address is asked once, however many steps show it. */
    private List<Violation> violations(Map<String, String> addresses) {
        long until = System.nanoTime() + patience.toNanos();
        Map<String, Future<Optional<String>>> looks = new HashMap<>();
        addresses.values().forEach(url -> looks.computeIfAbsent(url, _ -> threads.submit(() -> objection(url))));
        List<Violation> violations = new ArrayList<>();
        addresses.forEach((field, url) ->
                answer(looks.get(url), until).ifPresent(why -> violations.add(new Violation(field, why))));
        return violations;
    }

    private Optional<String> objection(String url) throws InterruptedException {
        permits.acquire();
        try {
            return fetch.objection(url);
        } finally {
            permits.release();
        }
    }

    private static Optional<String> answer(Future<Optional<String>> look, long until) {
        try {
            return look.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException tooSlow) {
            look.cancel(true);
            return Optional.of(TOO_SLOW);
        } catch (ExecutionException bug) {
            throw new IllegalStateException("an image could not be looked at", bug.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while images were looked at", stopped);
        }
    }
}
