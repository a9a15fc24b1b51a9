package io.siaran.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * Bounds how many requests of a path are in the works at once, and with them the memory that they take: what is large takes several
 * places. The others wait in one line before anything of their bodies is read; when the line is full, a request is refused with 429
 * and {@code Retry-After}. Where owners have shares, who is in the line passes those of whom an owner has as many in the works as it
 * may; nobody passes who waits for nothing but room, however much it needs.
 * Quarkus has paused each request until somebody reads it, and nothing here touches that: what comes while nobody does would be lost.
 * Nothing here blocks; to enter costs O(1), to leave too, but for a caller who goes while it waits and for those who are passed:
 * O(line).
 */
public final class WaitingLine implements Handler<RoutingContext> {

    private final ObjectMapper mapper;
    private final int atOnce;
    private final int longest;
    private final Duration again;
    private final ToIntFunction<RoutingContext> places;
    private final List<Owners> shares;
    private final Deque<Place> line = new ArrayDeque<>();
    private int running;
    /** Somebody in the line waits for nothing but room. */
    private boolean full;

    /**
     * What one owner of requests may take of all.
     *
     * @param owner of a request, by {@code equals}
     * @param atOnce places in the works
     * @param longest in the line
     */
    public record Share(Function<RoutingContext, Object> owner, int atOnce, int longest) {}

    /** Where each request takes one place. */
    public WaitingLine(ObjectMapper mapper, int atOnce, int longest, Duration again, Share... shares) {
        this(mapper, atOnce, longest, again, _ -> 1, shares);
    }

    /**
     * @param atOnce places
     * @param longest how many requests wait, whatever they take
     * @param again when a refused caller may come back
     * @param places that a request takes; one that takes more than there are begins when it is alone
     * @param shares of the kinds of owners that a request has; each holds
     */
    public WaitingLine(
            ObjectMapper mapper,
            int atOnce,
            int longest,
            Duration again,
            ToIntFunction<RoutingContext> places,
            Share... shares) {
        this.mapper = mapper;
        this.places = places;
        this.atOnce = atOnce;
        this.longest = longest;
        this.again = again;
        this.shares = Stream.of(shares).map(Owners::new).toList();
    }

    @Override
    public void handle(RoutingContext exchange) {
        List<Owners.Owner> owners =
                shares.stream().map(share -> share.of(exchange)).toList();
        Place place = new Place(exchange, Vertx.currentContext(), owners, places.applyAsInt(exchange));
        switch (enter(place)) {
            case GO -> {
                leaveAtTheEnd(place);
                exchange.next();
            }
            case WAIT -> leaveAtTheEnd(place);
            case FULL -> refuse(exchange);
        }
    }

    /** Two handlers: the first hears of a caller who goes, and who reads a body that is too long replaces it; the other hears of each answer. */
    private void leaveAtTheEnd(Place place) {
        place.exchange.addEndHandler(_ -> leave(place));
        place.exchange.addBodyEndHandler(_ -> leave(place));
    }

    /** How many wait; for tests and metrics. */
    public synchronized int waiting() {
        return line.size();
    }

    private enum Entry {
        GO,
        WAIT,
        FULL
    }

    private synchronized Entry enter(Place place) {
        boolean mayBegin = place.mayBegin();
        if (mayBegin && !full && hasRoom(place)) {
            begin(place);
            return Entry.GO;
        }
        if (line.size() == longest || !place.owners.stream().allMatch(Owners.Owner::mayWait)) {
            return Entry.FULL;
        }
        line.add(place);
        place.owners.forEach(Owners.Owner::waits);
        full |= mayBegin;
        return Entry.WAIT;
    }

    private boolean hasRoom(Place place) {
        return running == 0 || running + place.size <= atOnce;
    }

    private void begin(Place place) {
        running += place.size;
        place.begun = true;
        place.owners.forEach(owner -> owner.begins(place.size));
    }

    private void leave(Place place) {
        nextAfter(place).forEach(Place::go);
    }

    private synchronized List<Place> nextAfter(Place place) {
        if (place.over) {
            return List.of();
        }
        place.over = true;
        if (place.begun) {
            running -= place.size;
            place.owners.forEach(owner -> owner.ends(place.size));
        } else {
            line.remove(place);
            place.owners.forEach(Owners.Owner::leaves);
        }
        return allThatMay();
    }

    private List<Place> allThatMay() {
        List<Place> next = new ArrayList<>();
        full = false;
        for (Iterator<Place> each = line.iterator(); each.hasNext() && !full; ) {
            Place place = each.next();
            if (!place.mayBegin()) {
                continue;
            }
            if (hasRoom(place)) {
                each.remove();
                place.owners.forEach(Owners.Owner::leaves);
                begin(place);
                next.add(place);
            } else {
                full = true;
            }
        }
        return next;
    }

    private void refuse(RoutingContext exchange) {
        Problem problem = Problem.of(
                ProblemCode.TOO_MANY_REQUESTS,
                "more comes than can be taken",
                exchange.request().path());
        // The body is still on its way: nothing else can follow on this connection.
        exchange.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.RETRY_AFTER, Long.toString(again.toSeconds()))
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        exchange.end(RestJson.write(mapper, problem)).onFailure(exchange::fail);
    }

    /** One request, which waits, then runs, then is over. */
    private static final class Place {

        private final RoutingContext exchange;
        private final Context context;
        private final List<Owners.Owner> owners;
        private final int size;
        // Both guarded by the line.
        private boolean begun;
        private boolean over;

        private Place(RoutingContext exchange, Context context, List<Owners.Owner> owners, int size) {
            this.exchange = exchange;
            this.context = context;
            this.owners = owners;
            this.size = size;
        }

        /** As far as its owners go. */
        private boolean mayBegin() {
            return owners.stream().allMatch(owner -> owner.mayBegin(size));
        }

        private void go() {
            context.runOnContext(_ -> {
                if (!exchange.response().ended() && !exchange.response().closed()) {
                    exchange.next();
                }
            });
        }
    }
}
