package io.siaran.campaign.suppression;

import io.siaran.campaign.ErasedPeople;
import io.siaran.campaign.Query;
import io.siaran.kafka.Deeds;
import io.siaran.model.Deed;
import io.siaran.model.LeadId;
import io.siaran.model.PhoneNumber;
import io.siaran.model.UserId;
import io.siaran.rest.EntityTags;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.siaran.rest.Refusal;
import io.siaran.sql.Database;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What an operator may do about people who must not be written to. Blocks: for virtual threads. */
@ApplicationScoped
class Suppressions {

    private static final String READ =
            "SELECT phone, reason, source, decided_at, updated_at FROM suppressions WHERE NOT deleted AND user_id = ";
    private static final String PHONE_OF_LEAD =
            "SELECT phone FROM leads WHERE user_id = $1 AND id = $2 AND NOT deleted";

    private static final String LEAD_OF_PHONE =
            "SELECT id FROM leads WHERE user_id = $1 AND phone = $2 AND NOT deleted ORDER BY id LIMIT 1";

    private final Database database;
    private final SuppressionStore store;
    private final ErasedPeople erased;
    private final Deeds deeds;
    private final EntityTags tags;

    Suppressions(Database database, SuppressionStore store, ErasedPeople erased, Deeds deeds, EntityTags tags) {
        this.database = database;
        this.store = store;
        this.erased = erased;
        this.deeds = deeds;
        this.tags = tags;
    }

    /**
     * The people in the order of their numbers.
     *
     * @param since only who was suppressed, or asked for it again, then or later; null: everybody
     */
    Page<SuppressionView> list(UserId user, Instant since, PageRequest page) {
        Query query = new Query(READ);
        query.and("?", user.value());
        query.and(
                " AND phone > ?",
                page.after(PhoneNumber::new).map(PhoneNumber::digits).orElse(null));
        query.and(" AND updated_at >= ?", since == null ? null : since.atOffset(ZoneOffset.UTC));
        query.and(" ORDER BY phone LIMIT ?", page.rowsToRead());
        List<SuppressionView> found = rows(database.run(query.sql(), query.arguments()))
                .map(SuppressionView::of)
                .toList();
        return Page.of(found, page, SuppressionView::phone, view -> view);
    }

    Optional<SuppressionView> find(UserId user, PhoneNumber phone) {
        return rows(database.run(READ + "$1 AND phone = $2", user.value(), phone.digits()))
                .map(SuppressionView::of)
                .findFirst();
    }

    /** Empty when the person was suppressed before, which then stays as it is. */
    Optional<SuppressionView> suppress(Tx tx, UserId user, PhoneNumber phone, String reason) {
        Optional<SuppressionView> suppressed = store.suppress(tx, List.of(wish(tx, user, phone, reason))).stream()
                .findFirst();
        suppressed.ifPresent(view -> tell(tx, user, phone, Deed.OPTED_OUT));
        return suppressed;
    }

    /**
     * As {@link #lift}, of the version that the caller has seen.
     *
     * @throws Refusal a 404 for who is not suppressed, a 412 where {@code If-Match} names another version
     */
    void liftSeen(Tx tx, UserId user, PhoneNumber phone) {
        erased.keepErasuresOut(tx, Stream.of(user));
        rows(tx.run(READ + "$1 AND phone = $2 FOR UPDATE", user.value(), phone.digits()))
                .map(SuppressionView::of)
                .forEach(view -> tags.check(view::version));
        if (!lift(tx, user, phone)) {
            throw notFound(phone);
        }
    }

    /**
     * Whether the person was suppressed.
     *
     * @throws Refusal a 409 while the person is being erased
     */
    boolean lift(Tx tx, UserId user, PhoneNumber phone) {
        boolean lifted = !store.lift(tx, List.of(wish(tx, user, phone, ""))).isEmpty();
        erased.refuseWhileErasing(tx, user, phone);
        if (lifted) {
            tell(tx, user, phone, Deed.OPTED_IN);
        }
        return lifted;
    }

    static Refusal notFound(PhoneNumber phone) {
        return Refusal.notFound("suppression", phone);
    }

    /** A person is named by their oldest lead, never by the phone; who is nobody's lead is not named at all. */
    private void tell(Tx tx, UserId by, PhoneNumber phone, Deed deed) {
        Object lead = rows(tx.run(LEAD_OF_PHONE, by.value(), phone.digits()))
                .<Object>map(row -> row.getUUID("id"))
                .findFirst()
                .orElse(null);
        deeds.tell(tx, by, deed, new Deeds.Subject("person", lead), null, null);
    }

    /** Throws a {@link Refusal} (a 404) for a lead that is not this user's. */
    PhoneNumber phoneOf(UserId user, LeadId lead) {
        return rows(database.run(PHONE_OF_LEAD, user.value(), lead.value()))
                .map(row -> new PhoneNumber(row.getString("phone")))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("lead", lead));
    }

    /** By the clock of the database, which the last decision stands by as well. */
    private static SuppressionStore.Wish wish(Tx tx, UserId user, PhoneNumber phone, String reason) {
        Row now = tx.run("SELECT clock_timestamp() AS now").iterator().next();
        return new SuppressionStore.Wish(
                user,
                phone,
                reason,
                SuppressionStore.SuppressionSource.OPERATOR,
                now.get(OffsetDateTime.class, "now").toInstant());
    }

    private static Stream<Row> rows(Iterable<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }
}
