package io.siaran.gateway.journal;

import io.siaran.gateway.breaker.Breaker;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.journal.BeginVerdict.VerdictRow;
import io.siaran.gateway.rules.Frame;
import io.siaran.gateway.rules.Rate;
import io.siaran.model.Send;
import io.siaran.sql.Columns;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The statement that begins tries: what goes in, and what its rows mean. */
final class BeginTries {

    static final String SQL = Sql.load(BeginTries.class, "begin-tries.sql");

    private BeginTries() {}

    /**
     * A group as calls of the statement, in its order. An attempt that shares a rate goes alone, since the next one of that
     * rate has to be judged by what this one leaves; the others go together.
     */
    static List<List<Attempt>> calls(List<Attempt> group) {
        List<List<Attempt>> calls = new ArrayList<>();
        for (Attempt attempt : group) {
            if (!calls.isEmpty() && isFree(attempt) && isFree(calls.getLast().getFirst())) {
                calls.getLast().add(attempt);
            } else {
                calls.add(new ArrayList<>(List.of(attempt)));
            }
        }
        return calls;
    }

    private static boolean isFree(Attempt attempt) {
        return attempt.device().rules().rates().isEmpty();
    }

    /**
     * @param longestHold of a device for its host: until then the host's recovery lets it go
     * @param replyLane for how long it is open to a person who wrote
     */
    static Object[] arguments(List<Attempt> call, Duration settleGrace, Duration longestHold, Duration replyLane) {
        Columns<Attempt> attempts = new Columns<>(call);
        Columns<Send> sends = new Columns<>(call.stream().map(Attempt::send).toList());
        Columns<Frame> frames = new Columns<>(call.stream().map(Attempt::frame).toList());
        Columns<Rate> rates = new Columns<>(call.getFirst().device().rules().rates());
        return new Object[] {
            sends.uuids(send -> send.messageId().value()),
            sends.integers(Send::tryNo),
            sends.uuids(send -> send.deviceId().value()),
            sends.texts(send -> send.userId().value()),
            sends.texts(send -> send.recipientPhone().digits()),
            attempts.integers(attempt -> Math.toIntExact(attempt.delay().toMillis())),
            sends.times(Send::notAfter),
            attempts.longs(attempt -> attempt.device().version()),
            attempts.longs(attempt -> attempt.device().rulesVersion()),
            attempts.texts(attempt -> attempt.message().text()),
            attempts.uuids(Attempt::turn),
            sends.integers(Send::supersedes),
            frames.times(Frame::from),
            frames.times(Frame::until),
            frames.rows().stream().map(Frame::day).toArray(LocalDate[]::new),
            frames.integers(Frame::dailyCap),
            frames.integers(Frame::hourlyCap),
            attempts.integers(attempt ->
                    Math.toIntExact(attempt.longestCall().plus(settleGrace).toMillis())),
            rates.texts(Rate::scope),
            rates.longs(micros(Rate::interval)),
            rates.longs(micros(Rate::tolerance)),
            longestHold.toMillis(),
            replyLane.toMillis(),
            frames.integers(Frame::firstContactCap)
        };
    }

    static String[] scopes(ConnectedDevice device) {
        return new Columns<>(device.rules().rates()).texts(Rate::scope);
    }

    /** One verdict an attempt, in their order. No row: the device has never sent. */
    static List<BeginVerdict> verdicts(List<Attempt> call, RowSet<Row> rows, long askedAt) {
        BeginVerdict[] verdicts = new BeginVerdict[call.size()];
        Arrays.fill(verdicts, new BeginVerdict.NoPacingRow());
        for (Row row : rows) {
            verdicts[row.getLong("nth").intValue() - 1] = BeginVerdict.of(read(row), askedAt);
        }
        return List.of(verdicts);
    }

    private static VerdictRow read(Row row) {
        return new VerdictRow(
                row.getBoolean("begun"),
                row.getBoolean("known"),
                row.getString("status"),
                Boolean.TRUE.equals(row.getBoolean("own")),
                Boolean.TRUE.equals(row.getBoolean("current")),
                row.getBoolean("suppressed"),
                row.getBoolean("awaits_word"),
                row.getBoolean("outside"),
                instant(row, "at"),
                row.getLocalDate("full_day"),
                row.getLocalDate("full_of_firsts"),
                instant(row, "restricted_until"),
                instant(row, "hour_free_at"),
                row.getBoolean("too_late"),
                row.getLong("wait_ms"),
                instant(row, "held_until"),
                row.getString("hold_reason"),
                breaker(row),
                Boolean.TRUE.equals(row.getBoolean("new_rate")),
                row.getString("slow_rate"),
                instant(row, "rate_free_at"));
    }

    private static Breaker breaker(Row row) {
        return new Breaker(
                row.getInteger("troubles"),
                row.getInteger("openings"),
                row.getInteger("refusals"),
                row.getInteger("contact_refusals"),
                row.getBoolean("host_open"));
    }

    private static Function<Rate, Long> micros(Function<Rate, Duration> time) {
        return rate -> time.apply(rate).toNanos() / 1_000;
    }

    private static Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
