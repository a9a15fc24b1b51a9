package io.siaran.campaign.lead;

import io.siaran.kafka.Outbox;
import io.siaran.model.LeadId;
import io.siaran.model.TimeOrderedId;
import io.siaran.model.UserId;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.siaran.rest.Refusal;
import io.siaran.sql.Database;
import io.siaran.sql.Tx;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** What a user may do with leads. Blocks: for virtual threads. */
@ApplicationScoped
class Leads {

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String IN_THE_WAY = "this phone is a lead of the device already";

    private final Database database;
    private final LeadStore store;
    private final Outbox outbox;
    private final Devices devices;
    private final LeadConfig config;
    private final Clock clock;
    private final RandomGenerator random;

    Leads(
            Database database,
            LeadStore store,
            Outbox outbox,
            Devices devices,
            LeadConfig config,
            Clock clock,
            RandomGenerator random) {
        this.database = database;
        this.store = store;
        this.outbox = outbox;
        this.devices = devices;
        this.config = config;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Outside of the transaction, since it may wait.
     *
     * @throws Refusal a 400 for a device that is not this user's
     */
    void requireDevice(UserId user, LeadBody body) {
        devices.requireOwned(body.deviceId(), user);
    }

    /**
     * Within the transaction of the caller.
     *
     * @throws Refusal a 400 for a wrong phone, a 409 with the id of the lead that is in the way
     */
    Lead create(Tx tx, UserId user, LeadBody body) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        LeadId id = new LeadId(TimeOrderedId.v7(now, random));
        Lead lead = Lead.create(id, user, body.details(config.phoneRegion()), now);
        if (!store.insert(tx, lead)) {
            throw store.findSamePerson(tx, lead).map(Leads::inTheWay).orElseGet(Leads::inTheWay);
        }
        return lead;
    }

    Lead get(UserId user, LeadId id) {
        return LeadStore.read(database.run(
                        LeadStore.READ + " WHERE l.id = $1 AND l.user_id = $2 AND NOT l.deleted",
                        id.value(),
                        user.value()))
                .stream()
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("lead", id));
    }

    Page<LeadView> list(UserId user, LeadSearch search, PageRequest page) {
        LeadSearch.Query query = search.query(user, page, config.phoneRegion());
        List<Lead> leads = LeadStore.read(
                database.run(query.sql().toString(), query.arguments().toArray()));
        return Page.of(leads, page, Lead::id, LeadView::of);
    }

    Lead replace(UserId user, LeadId id, LeadBody body) {
        LeadDetails details = body.details(config.phoneRegion());
        devices.requireOwned(body.deviceId(), user);
        return change(user, id, lead -> lead.changedTo(details));
    }

    Lead patch(UserId user, LeadId id, LeadPatch patch) {
        if (patch.deviceId() != null) {
            devices.requireOwned(patch.deviceId(), user);
        }
        return change(user, id, lead -> lead.changedTo(patch.over(lead).details(config.phoneRegion())));
    }

    void remove(UserId user, LeadId id) {
        change(user, id, Lead::removed);
    }

    private Lead change(UserId user, LeadId id, UnaryOperator<Lead> change) {
        Lead changed;
        try {
            changed = database.inTransaction(tx -> {
                Lead next = change.apply(lockOwned(tx, user, id));
                store.update(tx, List.of(next));
                return next;
            });
        } catch (PgException refused) {
            throw UNIQUE_VIOLATION.equals(refused.getSqlState()) ? inTheWay() : refused;
        }
        outbox.wake();
        return changed;
    }

    private Lead lockOwned(Tx tx, UserId user, LeadId id) {
        return store.lock(tx, List.of(id)).stream()
                .filter(lead -> lead.userId().equals(user) && !lead.deleted())
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("lead", id));
    }

    private static Refusal inTheWay(LeadId first) {
        return Refusal.conflict(IN_THE_WAY, first);
    }

    private static Refusal inTheWay() {
        return Refusal.conflict(IN_THE_WAY);
    }
}
