package io.siaran.sequence;

import io.siaran.sql.Database;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * A clock of one tenant that can be put forward, although the engines go by that of the database: whatever the tenant has
 * stored is put back by as much. So a month passes in seconds, by the very statements that would take a month.
 */
public final class VirtualTime {

    private static final List<String> PUT_BACK =
            List.of("""
            UPDATE sequence_contacts SET
              next_trigger_time = next_trigger_time - $2::interval, waits_since = waits_since - $2::interval,
              lease_until = lease_until - $2::interval, fired_at = fired_at - $2::interval, sent_at = sent_at - $2::interval,
              delivered_at = delivered_at - $2::interval, read_at = read_at - $2::interval,
              replied_at = replied_at - $2::interval, unknown_since = unknown_since - $2::interval,
              settled_at = settled_at - $2::interval, changed_at = changed_at - $2::interval,
              set_aside_until = set_aside_until - $2::interval
            WHERE user_id = $1
            """, """
            UPDATE enrolments SET entered_at = entered_at - $2::interval, ended_at = ended_at - $2::interval,
              replied_at = replied_at - $2::interval, last_reply_at = last_reply_at - $2::interval
            WHERE user_id = $1
            """, "UPDATE devices SET deleted_at = deleted_at - $2::interval WHERE user_id = $1");

    private static final String NEXT = "SELECT min(next_trigger_time) AS due FROM sequence_contacts"
            + " WHERE user_id = $1 AND status = 'active' AND fired_at IS NULL AND parked_for IS NULL";

    private final Database database;
    private final Tenant tenant;
    private Duration ahead = Duration.ZERO;

    public VirtualTime(Stage stage, Tenant tenant) {
        this.database = stage.database();
        this.tenant = tenant;
    }

    public Instant now() {
        return virtual(Instant.now());
    }

    /** Of a moment as it is stored now. */
    public Instant virtual(Instant stored) {
        return stored.plus(ahead).truncatedTo(ChronoUnit.MILLIS);
    }

    /** What has to be told of a moment of this clock. */
    public Instant stored(Instant virtual) {
        return virtual.minus(ahead);
    }

    public void pass(Duration time) {
        Duration whole = time.truncatedTo(ChronoUnit.MILLIS);
        if (whole.isPositive()) {
            PUT_BACK.forEach(sql -> database.run(sql, tenant.user().value(), interval(whole)));
            ahead = ahead.plus(whole);
        }
    }

    public void passUntil(Instant moment) {
        pass(Duration.between(now(), moment).plusMillis(2));
    }

    /** When the next step is due, of those that may go out. */
    public Optional<Instant> nextDue() {
        Row row = database.run(NEXT, tenant.user().value()).iterator().next();
        OffsetDateTime due = row.getOffsetDateTime("due");
        return Optional.ofNullable(due)
                .map(time -> virtual(time.withOffsetSameInstant(ZoneOffset.UTC).toInstant()));
    }

    private static io.vertx.pgclient.data.Interval interval(Duration time) {
        return io.vertx.pgclient.data.Interval.of(
                0,
                0,
                (int) time.toDays(),
                time.toHoursPart(),
                time.toMinutesPart(),
                time.toSecondsPart(),
                time.toNanosPart() / 1_000);
    }
}
