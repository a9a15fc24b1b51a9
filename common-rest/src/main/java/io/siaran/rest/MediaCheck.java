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
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
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

    private final ObjectMapper mapper;
    private final ImageDownload download;
    private final Names names;
    private final MediaConfig config;
    private final Caller caller;
    private final Semaphore permits;
    private final UserPlaces places;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("media-", 0).factory());

    @Inject
    MediaCheck(ObjectMapper mapper, Caller caller, Names names, MediaConfig config, Vertx vertx) {
        this.mapper = mapper;
        this.caller = caller;
        this.names = names;
        this.config = config;
        this.permits = new Semaphore(config.atOnce(), true);
        this.places = new UserPlaces(
                Math.max(1, config.atOncePerUser()),
                config.patience().dividedBy(2),
                "you have the images of too many requests looked at at once: ask for fewer at a time");
        this.download = new ImageDownload(vertx, config.patience(), config.atOnce());
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
        download.close();
    }

    /**
     * Saves when nothing is wrong with the images, on the caller's own context.
     *
     * @return fails with a {@link Refusal} (a 400) that names every address that is wrong, and then nothing was saved; a 429 for
     *     who has the images of too many requests looked at
     */
    public <T> Uni<T> before(CheckMedia asked, Object body, Supplier<Uni<T>> save) {
        return before(asked, body, save, refused -> Uni.createFrom().failure(refused));
    }

    /**
     * As above, for a POST that may be told again: what was answered once is answered again, also where the image is gone since.
     *
     * @param once runs what it is given for a new request, and answers a repeated one as the first
     */
    public <T> Uni<T> beforeOnce(
            CheckMedia asked, Object body, Supplier<Uni<T>> save, Function<Supplier<Uni<T>>, Uni<T>> once) {
        return before(
                asked,
                body,
                () -> once.apply(save),
                refused -> once.apply(() -> Uni.createFrom().failure(refused)));
    }

    private <T> Uni<T> before(CheckMedia asked, Object body, Supplier<Uni<T>> save, Function<Refusal, Uni<T>> refused) {
        if (!asked.isWanted()) {
            return save.get();
        }
        Context context = Vertx.currentContext();
        String user = caller.userId().value();
        return Uni.createFrom()
                .voidItem()
                .invoke(() -> refuse(user, body))
                .runSubscriptionOn(threads)
                .emitOn(work -> context.runOnContext(_ -> work.run()))
                .onItemOrFailure()
                .transformToUni((_, failure) -> switch (failure) {
                    case null -> save.get();
                    case Refusal refusal -> refused.apply(refusal);
                    default -> Uni.createFrom().failure(failure);
                });
    }

    /**
     * For threads that may wait.
     *
     * @throws Refusal (a 400) that names every address that is wrong; a 429 for who has the images of too many requests looked at
     */
    public void refuse(CheckMedia asked, Object body) {
        if (asked.isWanted()) {
            refuse(caller.userId().value(), body);
        }
    }

    void refuse(String user, Object body) {
        Map<String, String> addresses = new TreeMap<>();
        find("", mapper.valueToTree(body), addresses);
        if (addresses.isEmpty()) {
            return;
        }
        // Of the request, not of each image: a request with many of them must not be refused for its own sake.
        List<Violation> violations = places.in(user, () -> violations(user, addresses));
        if (!violations.isEmpty()) {
            throw Refusal.invalid(violations);
        }
    }

    /** How many more images may be looked at at once. */
    int places() {
        return permits.availablePermits();
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

    private List<Violation> violations(String user, Map<String, String> addresses) {
        MediaLooks looks = new MediaLooks(threads, permits, Math.max(1, config.atOncePerRequest()), config.patience());
        MediaFetch fetch = new MediaFetch(
                download,
                name -> addresses(user, name, looks.left()),
                config.largest().asLongValue(),
                config.patience(),
                address -> !config.allowInternalAddresses() && InternalAddresses.contain(address));
        return looks.violations(fetch, addresses);
    }

    private InetAddress[] addresses(String user, String name, Duration patience)
            throws UnknownHostException, InterruptedException {
        try {
            return names.addresses(user, name, patience);
        } catch (Names.NotAskedException notInTime) {
            throw new UnknownHostException("nobody was asked in time");
        }
    }
}
