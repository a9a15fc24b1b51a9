package io.siaran.dispatch.event;

import io.siaran.model.UserId;
import io.siaran.rest.Reads;
import io.siaran.rest.Refusal;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

/** The events of a user, behind a number. Waits for the next one by asking now and then, on a virtual thread. */
@ApplicationScoped
class EventStream {

    /**
     * Once an hour is enough to tell that a user still asks. Looked for before it is written: what conflicts is locked, also where it then
     * stays as it is, and would wait for who numbers events.
     */
    private static final String LISTEN = """
            INSERT INTO event_listeners (user_id, asked_at)
            SELECT $1, clock_timestamp()
            WHERE NOT EXISTS (SELECT FROM event_listeners
              WHERE user_id = $1 AND listening AND asked_at > clock_timestamp() - interval '1 hour')
            ON CONFLICT (user_id) DO UPDATE SET listening = true, asked_at = excluded.asked_at
            """;

    private static final String BEHIND = """
            SELECT position, id, type, subject, at, data FROM events
            WHERE user_id = $1 AND position > $2 AND position <= $5 AND only_for IS NULL
              AND ($3::text[] IS NULL OR type = ANY ($3))
            ORDER BY position LIMIT $4
            """;

    /** What is old is forgotten, so the first that is kept may be far behind the cursor. */
    private static final String KEPT = """
            SELECT last_position,
              (SELECT position FROM events WHERE user_id = $1 AND position > $2 ORDER BY position LIMIT 1) AS first_position
            FROM event_listeners WHERE user_id = $1
            """;

    /** Types have no index: so many events are read in a moment, and all that are kept of a large tenant are not. */
    static final int LOOKED_AT = 50_000;

    /** Another replica may number the event: then nobody rings here. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Reads reads;
    private final EventSignal signal;
    private final EventConfig config;
    private final WaitingRoom waiting;

    EventStream(Reads reads, EventSignal signal, EventConfig config) {
        this.reads = reads;
        this.signal = signal;
        this.config = config;
        this.waiting = new WaitingRoom(config.waiting(), config.waitingPerUser());
    }

    /**
     * @param after null: from the oldest that is kept
     * @param types none: all
     */
    EventPage behind(UserId user, String after, List<String> types, int limit, Duration patience) {
        EventType.requireKnown("type", types);
        long position = position(after);
        // By the connections of those who read: no engine waits while this does.
        reads.run(LISTEN, user.value());
        Found found = read(user, position, types, limit);
        return found.isNothing() && patience.isPositive()
                ? await(user, found, types, limit, patience).page()
                : found.page();
    }

    /** How many of this user wait now, in this process. */
    int waiting(UserId user) {
        return waiting.waiting(user);
    }

    private Found await(UserId user, Found nothing, List<String> types, int limit, Duration patience) {
        if (!waiting.enter(user)) {
            return nothing;
        }
        Duration bounded = patience.compareTo(config.longestWait()) < 0 ? patience : config.longestWait();
        long until = System.nanoTime() + bounded.toNanos();
        try (EventSignal.Bell bell = signal.bell(user)) {
            Found found = nothing;
            for (long left = bounded.toNanos(); found.isNothing() && left > 0; left = until - System.nanoTime()) {
                bell.await(Duration.ofNanos(Math.min(left, LOOK_AGAIN.toNanos())));
                found = read(user, found.cursor(), types, limit);
            }
            return found;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return nothing;
        } finally {
            waiting.leave(user);
        }
    }

    /**
     * The cursor goes behind all that was looked at, also where nothing of the types was found: who asks for a rare one reads
     * each event once. The last number is asked for first, so that what has it is in sight of the second question.
     */
    private Found read(UserId user, long position, List<String> types, int limit) {
        long numbered = position;
        long end = position;
        for (Row row : reads.run(KEPT, user.value(), position)) {
            numbered = Math.max(position, row.getLong("last_position"));
            Long first = row.getLong("first_position");
            end = first == null ? numbered : Math.min(numbered, first + LOOKED_AT - 1);
        }
        String[] wanted = types.isEmpty() ? null : types.toArray(String[]::new);
        List<EventView> items = StreamSupport.stream(
                        reads.run(BEHIND, user.value(), position, wanted, limit, end)
                                .spliterator(),
                        false)
                .map(EventView::of)
                .toList();
        long cursor = items.size() == limit ? items.getLast().sequence() : end;
        return new Found(items, cursor, cursor < numbered);
    }

    private static long position(String after) {
        try {
            long position = after == null ? 0 : Long.parseLong(after);
            if (position < 0) {
                throw new NumberFormatException();
            }
            return position;
        } catch (NumberFormatException notOurs) {
            throw Refusal.invalid("after", "must be the next_cursor of an earlier answer, or the sequence of an event");
        }
    }

    /** @param more whether there are events behind the cursor that nobody has looked at */
    private record Found(List<EventView> items, long cursor, boolean more) {

        /** Whether there is nothing to answer yet. */
        boolean isNothing() {
            return items.isEmpty() && !more;
        }

        EventPage page() {
            return new EventPage(items, Long.toString(cursor));
        }
    }
}
