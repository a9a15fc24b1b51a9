package io.siaran.dispatch.webhook;

import io.siaran.dispatch.event.EventType;
import io.siaran.model.TimeOrderedId;
import io.siaran.model.UserId;
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
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.StreamSupport;

/** What became of the deliveries of a webhook, and how they are sent again. Callers have made sure whose webhook it is. */
@ApplicationScoped
class Deliveries {

    private static final String LIST =
            "SELECT * FROM webhook_deliveries AS d WHERE d.webhook_id = $1" + DeliveryFilter.CONDITIONS
                    + " AND ($6::bigint IS NULL OR d.position < $6) ORDER BY d.position DESC LIMIT $7";
    private static final String AGAIN = Sql.load(Deliveries.class, "again.sql");
    private static final String ONE = "SELECT d.position FROM webhook_deliveries AS d WHERE d.webhook_id = $1"
            + " AND d.event_id = $2 AND d.status <> 'pending'";
    private static final String IS_PENDING = "SELECT 1 FROM webhook_deliveries WHERE webhook_id = $1 AND event_id = $2";
    private static final String SOME = "SELECT d.position FROM webhook_deliveries AS d WHERE d.webhook_id = $1"
            + DeliveryFilter.CONDITIONS + " ORDER BY d.position LIMIT " + Deliveries.AT_ONCE;
    private static final String TEST =
            "INSERT INTO new_events (id, user_id, type, subject, data, only_for)" + " VALUES ($1, $2, $3, $4, $5, $6)";

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

    /** Throws {@link Refusal}: a 404 where that webhook has no such delivery, a 409 where it waits anyway. */
    Replayed again(Tx tx, UUID webhook, UUID event) {
        Long[] position = positions(tx.run(ONE, webhook, event));
        if (position.length == 0) {
            if (tx.run(IS_PENDING, webhook, event).size() > 0) {
                throw Refusal.conflict("it is pending, and will be sent anyway");
            }
            throw Refusal.notFound("delivery of event", event);
        }
        return again(tx, webhook, position);
    }

    Replayed again(Tx tx, UUID webhook, DeliveryFilter filter) {
        return again(
                tx,
                webhook,
                positions(tx.run(
                        SOME,
                        webhook,
                        filter.statusArgument(),
                        filter.typeArgument(),
                        filter.fromArgument(),
                        filter.toArgument())));
    }

    private static Replayed again(Tx tx, UUID webhook, Long[] positions) {
        return new Replayed(tx.run(AGAIN, webhook, positions).iterator().next().getInteger("waiting"));
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

    private static Long[] positions(Iterable<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.getLong("position"))
                .toArray(Long[]::new);
    }
}
