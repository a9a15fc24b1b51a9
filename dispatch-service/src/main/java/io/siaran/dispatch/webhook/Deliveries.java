package io.siaran.dispatch.webhook;

import io.siaran.dispatch.event.EventType;
import io.siaran.kafka.ErasureLock;
import io.siaran.model.TimeOrderedId;
import io.siaran.model.UserId;
import io.siaran.model.WireEnum;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.siaran.rest.Reads;
import io.siaran.rest.Refusal;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What became of the deliveries of a webhook, and how they are sent again. Callers have made sure whose webhook it is. */
@ApplicationScoped
class Deliveries {

    private static final String LIST =
            "SELECT * FROM webhook_deliveries AS d WHERE d.webhook_id = $1" + DeliveryFilter.CONDITIONS
                    + " AND ($6::bigint IS NULL OR d.position < $6) ORDER BY d.position DESC LIMIT $7";

    /** One after the other sends deliveries of one webhook again: two who lock the same ones would wait for each other. */
    private static final String TURN =
            "SELECT pg_advisory_xact_lock(hashtext('siaran-dispatch-replay'), hashtext($1::text))";

    private static final String AGAIN = Sql.load(Deliveries.class, "again.sql");

    /** An event has one number, whoever it is for. */
    private static final String ONE = """
            SELECT d.position
            FROM events AS e
            JOIN webhooks AS w ON w.id = $1 AND w.user_id = e.user_id
            JOIN webhook_deliveries AS d ON d.webhook_id = w.id AND d.position = e.position
            WHERE e.id = $2 AND e.user_id = $3
            """;

    private static final String SOME = "SELECT d.position FROM webhook_deliveries AS d WHERE d.webhook_id = $1"
            + DeliveryFilter.CONDITIONS + " AND EXISTS (SELECT FROM webhooks WHERE id = $1 AND user_id = $6)"
            + " ORDER BY d.position LIMIT " + Deliveries.AT_ONCE;
    private static final String TEST =
            "INSERT INTO new_events (id, user_id, type, subject, data, only_for)" + " VALUES ($1, $2, $3, $4, $5, $6)";

    private static final List<DeliveryStatus> ENDED = List.of(DeliveryStatus.DELIVERED, DeliveryStatus.FAILED);

    static final int AT_ONCE = 10_000;

    private final Reads reads;
    private final Clock clock;
    private final RandomGenerator random;

    Deliveries(Reads reads, Clock clock, RandomGenerator random) {
        this.reads = reads;
        this.clock = clock;
        this.random = random;
    }

    /** The newest events first. */
    Page<DeliveryView> list(UUID webhook, DeliveryFilter filter, PageRequest page) {
        List<Row> rows = StreamSupport.stream(
                        reads.run(
                                        LIST,
                                        webhook,
                                        filter.statusArgument(),
                                        filter.typeArgument(),
                                        filter.fromArgument(),
                                        filter.toArgument(),
                                        page.after(Long::valueOf).orElse(null),
                                        page.rowsToRead())
                                .spliterator(),
                        false)
                .toList();
        return Page.of(rows, page, row -> row.getLong("position"), DeliveryView::of);
    }

    /** The number of that event, if this webhook of this user has it. */
    Optional<Long> find(UserId user, UUID webhook, UUID event) {
        return positions(reads.run(ONE, webhook, event, user.value())).findAny();
    }

    /** The numbers of the oldest that match: looked for before anything is locked, as a month may be read. */
    List<Long> find(UserId user, UUID webhook, DeliveryFilter filter) {
        return positions(reads.run(
                        SOME,
                        webhook,
                        filter.statusArgument(),
                        filter.typeArgument(),
                        filter.fromArgument(),
                        filter.toArgument(),
                        user.value()))
                .toList();
    }

    /** Throws {@link Refusal}: a 404 where that webhook has no such delivery, a 409 where it waits anyway. */
    Replayed again(Tx tx, UserId user, UUID webhook, UUID event, Optional<Long> found) {
        long position = found.orElseThrow(() -> Refusal.notFound("delivery of event", event));
        Replayed replayed = again(tx, user, webhook, List.of(position), ENDED);
        if (replayed.deliveries() == 0) {
            throw Refusal.conflict("it is pending, and will be sent anyway");
        }
        return replayed;
    }

    /**
     * Of what was found, what has one of these statuses still. Waits for an erasure of the user's, which locks lanes before deliveries,
     * while here a lane follows from its deliveries.
     */
    Replayed again(Tx tx, UserId user, UUID webhook, List<Long> found, List<DeliveryStatus> statuses) {
        ErasureLock.keepErasuresOut(tx, Stream.of(user.value()));
        tx.run(TURN, webhook.toString());
        Long[] positions = found.toArray(Long[]::new);
        String[] still = statuses.stream().map(WireEnum::wire).toArray(String[]::new);
        return new Replayed(
                tx.run(AGAIN, webhook, positions, still).iterator().next().getInteger("waiting"));
    }

    /** An event for this webhook alone, whatever types it gets. */
    Tested test(Tx tx, UserId user, UUID webhook) {
        UUID event = TimeOrderedId.v7(clock.instant(), random);
        tx.run(
                TEST,
                event,
                user.value(),
                EventType.TEST,
                webhook.toString(),
                "{\"webhook_id\":\"" + webhook + "\"}",
                webhook);
        return new Tested(event);
    }

    private static Stream<Long> positions(Iterable<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(row -> row.getLong("position"));
    }
}
