package io.siaran.gateway.lane;

import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.lane.TurnVerdict.TurnRow;
import io.siaran.gateway.rules.Rate;
import io.siaran.model.Send;
import io.siaran.outbox.Sql;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** The statement that begins a try: what goes in, and what its row means. */
final class BeginTurn {

    static final String SQL = Sql.load(BeginTurn.class, "begin-turn.sql");

    private BeginTurn() {}

    static Object[] arguments(Attempt attempt, Duration longestCall) {
        Send send = attempt.send();
        List<Rate> rates = attempt.device().rules().rates();
        return new Object[] {
            send.messageId().value(),
            send.tryNo(),
            send.deviceId().value(),
            send.userId().value(),
            send.recipientPhone().digits(),
            Math.toIntExact(attempt.delay().toMillis()),
            utc(send.notAfter()),
            Math.toIntExact(longestCall.toMillis()),
            attempt.device().version(),
            attempt.device().rulesVersion(),
            attempt.message().text(),
            attempt.turn(),
            send.supersedes(),
            utc(attempt.frame().from()),
            utc(attempt.frame().until()),
            attempt.frame().day(),
            attempt.frame().dailyCap(),
            attempt.frame().hourlyCap(),
            scopes(attempt.device()),
            rates.stream().map(rate -> micros(rate.interval())).toArray(Long[]::new),
            rates.stream().map(rate -> micros(rate.tolerance())).toArray(Long[]::new)
        };
    }

    static String[] scopes(ConnectedDevice device) {
        return device.rules().rates().stream().map(Rate::scope).toArray(String[]::new);
    }

    /** No row: the device has never spoken. */
    static TurnVerdict verdict(RowSet<Row> rows, long askedAt) {
        for (Row row : rows) {
            return TurnVerdict.of(
                    new TurnRow(
                            row.getBoolean("begun"),
                            row.getBoolean("known"),
                            row.getString("status"),
                            Boolean.TRUE.equals(row.getBoolean("own")),
                            Boolean.TRUE.equals(row.getBoolean("current")),
                            row.getBoolean("suppressed"),
                            row.getBoolean("outside"),
                            instant(row, "at"),
                            row.getLocalDate("full_day"),
                            instant(row, "hour_free_at"),
                            row.getBoolean("too_late"),
                            row.getLong("wait_ms"),
                            Boolean.TRUE.equals(row.getBoolean("new_rate")),
                            row.getString("slow_rate"),
                            instant(row, "rate_free_at")),
                    askedAt);
        }
        return new TurnVerdict.FirstWords();
    }

    private static long micros(Duration time) {
        return time.toNanos() / 1_000;
    }

    private static Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
