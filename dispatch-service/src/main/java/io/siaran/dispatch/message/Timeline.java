package io.siaran.dispatch.message;

import io.siaran.dispatch.message.Fact.Kind;
import io.siaran.model.DeferReason;
import io.siaran.model.WireEnum;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The facts of a message in their order: what its row still tells, and what was kept of what it told before
 * ({@code message_facts}). An ordinary message has nothing but its row.
 */
final class Timeline {

    private static final Set<String> RULES =
            Stream.of(DeferReason.values()).map(DeferReason::wire).collect(Collectors.toSet());

    private final List<Fact> facts = new ArrayList<>();

    private Timeline() {}

    /**
     * @param message a row of {@code broadcast_messages}
     * @param kept the rows of {@code message_facts} of this message, in their order
     */
    static List<Fact> of(Row message, Iterable<Row> kept) {
        Timeline timeline = new Timeline();
        timeline.add(MessageRow.instant(message, "created_at"), Kind.STORED, null, null, null, null);
        kept.forEach(timeline::addKept);
        timeline.addCurrent(message, message.getInteger("try_no"));
        timeline.facts.sort(Comparator.comparing(Fact::at));
        return timeline.facts;
    }

    /** What came back because of a rule of sending was kept with the word for that rule: the reason why it waited. */
    private void addKept(Row row) {
        Kind kind = WireEnum.read(Kind.class, row.getString("fact"));
        String detail = row.getString("detail");
        boolean rule = kind == Kind.RETURNED && RULES.contains(detail);
        add(
                MessageRow.instant(row, "at"),
                kind,
                row.getInteger("try_no"),
                rule ? detail : row.getString("reason"),
                detail,
                row.getString("by_user"));
    }

    private void addCurrent(Row row, int tryNo) {
        String status = row.getString("status");
        String detail = row.getString("error_message");
        add(MessageRow.instant(row, "released_at"), Kind.RELEASED, tryNo, null, null, null);
        if (status.equals("unknown")) {
            add(since(row), Kind.UNKNOWN, tryNo, null, detail, null);
        }
        add(
                MessageRow.instant(row, "sent_at"),
                Kind.SENT,
                tookOf(row),
                null,
                status.equals("sent") ? detail : null,
                null);
        add(MessageRow.instant(row, "delivered_at"), Kind.DELIVERED, null, null, null, null);
        add(MessageRow.instant(row, "read_at"), Kind.READ, null, null, null, null);
        if (status.equals("failed") || status.equals("cancelled")) {
            add(since(row), WireEnum.read(Kind.class, status), null, row.getString("failure_reason"), detail, null);
        }
    }

    /** What did not happen has no time. */
    private void add(Instant at, Kind kind, Integer tryNo, String reason, String detail, String by) {
        if (at != null) {
            facts.add(new Fact(at, kind, tryNo == null || tryNo == 0 ? null : tryNo, reason, detail, by));
        }
    }

    private static Instant since(Row row) {
        Instant since = MessageRow.instant(row, "status_since");
        return since == null ? MessageRow.instant(row, "created_at") : since;
    }

    /** The first try that went out and stayed out; where all came back, the last. */
    private static Integer tookOf(Row row) {
        List<Integer> taken = tries(row, "taken_tries");
        List<Integer> refused = tries(row, "refused_tries");
        return taken.stream()
                .filter(tryNo -> !refused.contains(tryNo))
                .findFirst()
                .orElseGet(() -> taken.isEmpty() ? null : taken.getLast());
    }

    private static List<Integer> tries(Row row, String column) {
        Integer[] tries = row.getArrayOfIntegers(column);
        return tries == null ? List.of() : List.of(tries);
    }
}
