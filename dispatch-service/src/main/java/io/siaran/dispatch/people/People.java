package io.siaran.dispatch.people;

import io.siaran.dispatch.message.MessageFilter;
import io.siaran.dispatch.message.Messages;
import io.siaran.dispatch.people.PersonView.Lead;
import io.siaran.dispatch.people.PersonView.OptOut;
import io.siaran.dispatch.people.PersonView.Reply;
import io.siaran.dispatch.people.PersonView.Walk;
import io.siaran.model.PhoneNumber;
import io.siaran.model.UserId;
import io.siaran.rest.Reads;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Reads what is known of one person; all of one moment. */
@ApplicationScoped
class People {

    private static final String LEADS = Sql.load(People.class, "leads.sql");
    private static final String WALKS = Sql.load(People.class, "walks.sql");
    private static final String OPT_OUT =
            "SELECT reason, decided_at FROM suppressions WHERE user_id = $1 AND phone = $2 AND NOT deleted";
    private static final String REPLIES = "SELECT id, device_id, type, text, at FROM replies"
            + " WHERE user_id = $1 AND phone = $2 ORDER BY at DESC LIMIT 50";
    private static final int MESSAGES = 50;

    private final Reads reads;
    private final Messages messages;

    People(Reads reads, Messages messages) {
        this.reads = reads;
        this.messages = messages;
    }

    /** Of somebody unknown: nothing in any list. */
    PersonView find(UserId user, PhoneNumber phone) {
        return reads.inTransaction(tx -> find(tx, user, phone));
    }

    private PersonView find(Tx tx, UserId user, PhoneNumber phone) {
        List<Lead> leads = all(tx.run(LEADS, user.value(), phone.digits()), People::lead);
        UUID[] ids = leads.stream().map(Lead::leadId).toArray(UUID[]::new);
        List<OptOut> optOuts = all(tx.run(OPT_OUT, user.value(), phone.digits()), People::optOut);
        return new PersonView(
                phone.digits(),
                !optOuts.isEmpty(),
                optOuts.isEmpty() ? null : optOuts.getFirst(),
                leads,
                messages.newest(tx, user, MessageFilter.to(phone), MESSAGES),
                all(tx.run(WALKS, user.value(), ids), People::walk),
                all(tx.run(REPLIES, user.value(), phone.digits()), People::reply));
    }

    private static OptOut optOut(Row row) {
        OffsetDateTime at = row.getOffsetDateTime("decided_at");
        return new OptOut(row.getString("reason"), at == null ? null : at.toInstant());
    }

    private static Lead lead(Row row) {
        return new Lead(row.getUUID("id"), row.getUUID("device_id"), row.getString("name"), row.getBoolean("deleted"));
    }

    private static Walk walk(Row row) {
        return new Walk(
                row.getUUID("sequence_id"),
                row.getUUID("lead_id"),
                row.getString("what"),
                row.getString("reason"),
                at(row));
    }

    private static Reply reply(Row row) {
        return new Reply(
                row.getUUID("id"), row.getUUID("device_id"), row.getString("type"), row.getString("text"), at(row));
    }

    private static Instant at(Row row) {
        return row.getOffsetDateTime("at").toInstant();
    }

    private static <T> List<T> all(Iterable<Row> rows, Function<Row, T> item) {
        return StreamSupport.stream(rows.spliterator(), false).map(item).toList();
    }
}
