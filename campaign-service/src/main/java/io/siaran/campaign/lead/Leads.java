package io.siaran.campaign.lead;

import io.quarkus.arc.All;
import io.siaran.campaign.PhoneChangeListener;
import io.siaran.campaign.Query;
import io.siaran.kafka.Writes;
import io.siaran.model.LeadId;
import io.siaran.model.MessageId;
import io.siaran.model.TimeOrderedId;
import io.siaran.model.UserId;
import io.siaran.rest.EntityTags;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.siaran.rest.Reads;
import io.siaran.rest.Refusal;
import io.siaran.sql.Database;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** What a user may do with leads. Blocks: for virtual threads. */
@ApplicationScoped
class Leads {

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String SAME_PHONE =
            "SELECT id FROM leads WHERE user_id = $1 AND device_id = $2 AND phone = $3 AND NOT deleted";
    private static final String IN_THE_WAY = "this phone is a lead of the device already";

    private final Database database;
    private final Reads reads;
    private final LeadStore store;
    private final LeadMoves moves;
    private final Writes writes;
    private final Devices devices;
    private final LeadConfig config;
    private final Clock clock;
    private final RandomGenerator random;
    private final EntityTags tags;
    private final List<PhoneChangeListener> listeners;

    Leads(
            Database database,
            Reads reads,
            LeadStore store,
            LeadMoves moves,
            Writes writes,
            Devices devices,
            LeadConfig config,
            Clock clock,
            RandomGenerator random,
            EntityTags tags,
            @All List<PhoneChangeListener> listeners) {
        this.database = database;
        this.reads = reads;
        this.store = store;
        this.moves = moves;
        this.writes = writes;
        this.devices = devices;
        this.config = config;
        this.clock = clock;
        this.random = random;
        this.tags = tags;
        this.listeners = listeners;
    }

    /**
     * @return the body in its one spelling
     * @throws Refusal a 400 for what is wrong
     */
    LeadBody normalised(LeadBody body) {
        return body.normalised(config.phoneRegion(), null);
    }

    /** The body; outside of a transaction, since it may wait. Throws a {@link Refusal} (a 400) for a device that is not this user's. */
    LeadBody ofKnownDevice(UserId user, LeadBody body) {
        devices.requireOwned(body.deviceId(), user);
        return body;
    }

    /**
     * Within the transaction of the caller.
     *
     * @param body as {@link #normalised} gave it
     * @throws Refusal a 409 with the id of the lead that is in the way
     */
    Lead create(Tx tx, UserId user, LeadBody body) {
        Instant now = now();
        LeadId id = new LeadId(TimeOrderedId.v7(now, random));
        Lead lead = Lead.create(id, user, body, now);
        if (!store.insert(tx, lead)) {
            throw inTheWay(tx::run, user, body);
        }
        return store.read(tx, lead);
    }

    Lead get(UserId user, LeadId id) {
        return LeadRows.leads(database.run(
                        LeadRows.READ + " WHERE l.id = $1 AND l.user_id = $2 AND NOT l.deleted",
                        id.value(),
                        user.value()))
                .stream()
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("lead", id));
    }

    Page<LeadView> list(UserId user, LeadSearch search, PageRequest page) {
        Query query = search.query(user, page, config.phoneRegion());
        List<LeadView> leads = LeadRows.views(reads.run(query.sql(), query.arguments()));
        return Page.of(leads, page, LeadView::id, lead -> lead);
    }

    /**
     * @param change makes the body of a PUT from the one that is stored; called again under the lead's lock
     * @throws Refusal a 400 for what is wrong, and a 409 with the id of the lead that is in the way
     */
    SavedLead replace(UserId user, LeadId id, UnaryOperator<LeadBody> change) {
        LeadBody wanted = changed(get(user, id), change);
        devices.requireOwned(wanted.deviceId(), user);
        try {
            return change(user, id, lead -> lead.changedTo(changed(lead, change), now()));
        } catch (PgException refused) {
            throw UNIQUE_VIOLATION.equals(refused.getSqlState()) ? inTheWay(database::run, user, wanted) : refused;
        }
    }

    void remove(UserId user, LeadId id) {
        change(user, id, lead -> lead.removed(now()));
    }

    private SavedLead change(UserId user, LeadId id, UnaryOperator<Lead> change) {
        return writes.inTransaction(tx -> {
            Lead lead = lockOwned(tx, user, id);
            Lead next = change.apply(lead);
            if (next == lead) {
                return new SavedLead(lead, List.of());
            }
            List<MessageId> takenBack = notToFollow(tx, lead, next);
            Lead written = next.withdrawing(takenBack);
            store.update(tx, List.of(written));
            moves.note(tx, lead, written);
            return new SavedLead(store.read(tx, written), takenBack);
        });
    }

    /** Messages of the lead that may not follow it to its new phone: announced with it, so that no reader has one without the other. */
    private List<MessageId> notToFollow(Tx tx, Lead before, Lead after) {
        if (before.phone().equals(after.phone())) {
            return List.of();
        }
        var change = new PhoneChangeListener.Change(
                after.userId(), after.id(), after.deviceId(), before.phone(), after.phone());
        return listeners.stream()
                .flatMap(listener -> listener.changed(tx, change).stream())
                .toList();
    }

    private LeadBody changed(Lead lead, UnaryOperator<LeadBody> change) {
        return change.apply(lead.body())
                .normalised(config.phoneRegion(), lead.body().phone());
    }

    private Lead lockOwned(Tx tx, UserId user, LeadId id) {
        Lead owned = store.lock(tx, List.of(new LeadStore.Key(user, id))).stream()
                .filter(lead -> !lead.deleted())
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("lead", id));
        tags.check(owned.version());
        return owned;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static Refusal inTheWay(BiFunction<String, Object[], RowSet<Row>> run, UserId user, LeadBody body) {
        for (Row first : run.apply(
                SAME_PHONE, new Object[] {user.value(), body.deviceId().value(), body.phone()})) {
            return Refusal.alreadyExists(IN_THE_WAY, first.getUUID("id"));
        }
        // It was removed a moment ago: the next try succeeds.
        return Refusal.alreadyExists(IN_THE_WAY, null);
    }
}
