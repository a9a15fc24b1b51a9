package io.siaran.campaign.lead;

import io.siaran.kafka.Writes;
import io.siaran.model.LeadId;
import io.siaran.model.Tag;
import io.siaran.model.UserId;
import io.siaran.rest.Caller;
import io.siaran.rest.Reads;
import io.siaran.rest.Refusal;
import io.siaran.rest.ViolationCode;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.jboss.logging.Logger;

/** {@code /api/v1/leads/move}: all leads of a device, or those of a niche, become another device's. */
@Path("/api/v1/leads/move")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@org.eclipse.microprofile.openapi.annotations.tags.Tag(name = "leads")
class LeadMoveResource {

    private static final Logger LOG = Logger.getLogger(LeadMoveResource.class);
    private static final String MOVABLE = Sql.load(LeadMoveResource.class, "movable.sql");
    private static final String COUNT = Sql.load(LeadMoveResource.class, "count-movable.sql");
    private static final int BATCH = 1_000;
    private static final int MOST = 10_000;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Database database;
    private final Reads reads;
    private final LeadStore store;
    private final LeadMoves moves;
    private final Devices devices;
    private final Writes writes;
    private final Caller caller;
    private final Clock clock;

    LeadMoveResource(
            Database database,
            Reads reads,
            LeadStore store,
            LeadMoves moves,
            Devices devices,
            Writes writes,
            Caller caller,
            Clock clock) {
        this.database = database;
        this.reads = reads;
        this.store = store;
        this.moves = moves;
        this.devices = devices;
        this.writes = writes;
        this.caller = caller;
        this.clock = clock;
    }

    @POST
    @Extension(name = "x-idempotent", value = "true", parseValue = true)
    @RolesAllowed("operator")
    @Operation(
            operationId = "moveLeads",
            summary = "Move the leads of one device to another",
            description = "Their unsent messages move along. Leads whose phone is a lead of the other device already"
                    + " stay. With dry_run the answer says what would move.")
    public LeadMove.Result move(@NotNull @Valid LeadMove body) {
        UserId user = caller.userId();
        if (body.fromDeviceId().equals(body.toDeviceId())) {
            throw Refusal.invalid("to_device_id", "must be another device", ViolationCode.CONTRADICTION);
        }
        requireTarget(body, user);
        long moved = body.isDry() ? 0 : moveAll(user, body);
        Row left = count(user, body);
        long movable = left.getLong("movable");
        return body.isDry()
                ? new LeadMove.Result(movable, left.getLong("in_the_way"), 0)
                : new LeadMove.Result(moved, left.getLong("in_the_way"), movable);
    }

    /** What was moved is told however much is being read. */
    private Row count(UserId user, LeadMove body) {
        Object[] arguments = {
            user.value(), body.fromDeviceId().value(), body.toDeviceId().value(), niche(body)
        };
        return (body.isDry() ? reads.run(COUNT, arguments) : database.run(COUNT, arguments))
                .iterator()
                .next();
    }

    private void requireTarget(LeadMove body, UserId user) {
        if (!devices.violations(body.toDeviceId(), user).isEmpty()) {
            throw Refusal.invalid("to_device_id", "no such device");
        }
    }

    /**
     * In batches, each a transaction: the messages of those that moved follow while the next ones do. Unlike other leads by the
     * thousand they are announced by the outbox: until dispatch knows of a move it sends from the device that was left, so the
     * news of it waits for no file of a million leads.
     */
    private long moveAll(UserId user, LeadMove body) {
        long moved = 0;
        UUID cursor = BEFORE_ALL;
        while (moved < MOST && cursor != null) {
            List<UUID> ids = movable(user, body, cursor);
            if (!ids.isEmpty()) {
                moved += writes.inTransaction(tx -> move(tx, user, body, ids));
            }
            cursor = ids.size() < BATCH ? null : ids.getLast();
        }
        LOG.infof("leads moved=%d from=%s to=%s", moved, body.fromDeviceId(), body.toDeviceId());
        return moved;
    }

    private List<UUID> movable(UserId user, LeadMove body, UUID cursor) {
        List<UUID> ids = new ArrayList<>();
        database.run(
                        MOVABLE,
                        user.value(),
                        body.fromDeviceId().value(),
                        body.toDeviceId().value(),
                        niche(body),
                        cursor,
                        BATCH)
                .forEach(row -> ids.add(row.getUUID("id")));
        return ids;
    }

    private int move(Tx tx, UserId user, LeadMove body, List<UUID> ids) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<LeadStore.Key> keys =
                ids.stream().map(id -> new LeadStore.Key(user, new LeadId(id))).toList();
        List<Lead> moving = store.lock(tx, keys).stream()
                .filter(lead -> !lead.deleted() && lead.deviceId().equals(body.fromDeviceId()))
                .map(lead -> lead.changedTo(lead.body().onDevice(body.toDeviceId()), now))
                .toList();
        store.update(tx, moving);
        moves.note(tx, user, body.fromDeviceId(), body.toDeviceId(), niche(body), moving.size());
        return moving.size();
    }

    private static String niche(LeadMove body) {
        return body.niche() == null ? null : Tag.fold(body.niche());
    }
}
