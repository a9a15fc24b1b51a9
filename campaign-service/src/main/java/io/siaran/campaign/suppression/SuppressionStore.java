package io.siaran.campaign.suppression;

import io.siaran.campaign.ErasedPeople;
import io.siaran.kafka.Outbox;
import io.siaran.kafka.OutboxRecord;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Suppression;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.siaran.model.WireEnum;
import io.siaran.sql.Columns;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * The table of suppressions; who was erased comes back into it when somebody speaks of the phone. Whatever changes here is told by the same transaction; what changes
 * nothing is not told.
 */
@ApplicationScoped
class SuppressionStore {

    private static final String SUPPRESS = Sql.load(SuppressionStore.class, "suppress.sql");
    private static final String SAY_AGAIN = Sql.load(SuppressionStore.class, "say-again.sql");
    private static final String LIFT = Sql.load(SuppressionStore.class, "lift.sql");

    private final Outbox outbox;
    private final ErasedPeople erased;

    SuppressionStore(Outbox outbox, ErasedPeople erased) {
        this.outbox = outbox;
        this.erased = erased;
    }

    /** Answers those who were not suppressed before. */
    List<SuppressionView> suppress(Tx tx, List<Wish> wishes) {
        recogniseErased(tx, wishes);
        Columns<Wish> rows = new Columns<>(wishes);
        String[] users = rows.texts(wish -> wish.user().value());
        String[] phones = rows.texts(wish -> wish.phone().digits());
        OffsetDateTime[] times = rows.times(Wish::at);
        List<SuppressionView> suppressed =
                told(tx, tx.run(SUPPRESS, users, phones, rows.texts(Wish::reason), rows.wires(Wish::source), times));
        tx.run(SAY_AGAIN, users, phones, times);
        return suppressed;
    }

    /** Answers those who were suppressed, and may be written to again. */
    List<SuppressionView> lift(Tx tx, List<Wish> wishes) {
        recogniseErased(tx, wishes);
        Columns<Wish> rows = new Columns<>(wishes);
        return told(
                tx,
                tx.run(
                        LIFT,
                        rows.texts(wish -> wish.user().value()),
                        rows.texts(wish -> wish.phone().digits()),
                        rows.booleans(wish -> wish.source() == SuppressionSource.OPERATOR),
                        rows.times(Wish::at)));
    }

    private void recogniseErased(Tx tx, List<Wish> wishes) {
        erased.recognise(
                tx,
                wishes.stream()
                        .map(wish -> new ErasedPeople.Met(
                                wish.user().value(), wish.phone().digits()))
                        .toList());
    }

    private List<SuppressionView> told(Tx tx, Iterable<Row> changed) {
        List<Row> rows = StreamSupport.stream(changed.spliterator(), false).toList();
        outbox.append(
                tx,
                rows.stream()
                        .map(SuppressionStore::snapshot)
                        .map(snapshot -> new OutboxRecord(Topic.SUPPRESSIONS, snapshot.key(), snapshot))
                        .toList());
        return rows.stream().map(SuppressionView::of).toList();
    }

    private static Suppression snapshot(Row row) {
        return new Suppression(
                new UserId(row.getString("user_id")),
                new PhoneNumber(row.getString("phone")),
                row.getString("reason"),
                row.getOffsetDateTime("decided_at").toInstant(),
                row.getLong("version"),
                row.getBoolean("deleted"));
    }

    /**
     * That somebody be written to no more, or again.
     *
     * @param at when it was said, by whoever said it
     */
    record Wish(UserId user, PhoneNumber phone, String reason, SuppressionSource source, Instant at) {}

    enum SuppressionSource implements WireEnum {
        REPLY,
        OPERATOR
    }
}
