package io.siaran.gateway.device;

import io.quarkus.scheduler.Scheduled;
import io.siaran.gateway.rules.UserRules;
import io.siaran.model.AntiSpamProfile;
import io.siaran.model.DeviceId;
import io.siaran.model.UserId;
import io.siaran.model.WireEnum;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * How to reach devices, remembered: opening a credential for every message would cost a query. A turn compares the versions
 * inside its transaction and asks for the newest when one of them is old. Of a device that was deleted nothing is remembered
 * for longer than a minute. For virtual threads.
 */
@ApplicationScoped
public class ConnectedDevices {

    private static final String BY_ID = Sql.load(ConnectedDevices.class, "connected-device.sql");

    private static final String OWN = "SELECT 1 FROM devices WHERE id = $1 AND user_id = $2 AND NOT deleted";

    private static final String DELETED = "SELECT id FROM unnest($1::uuid[]) AS known (id)"
            + " WHERE NOT EXISTS (SELECT FROM devices d WHERE d.id = known.id AND NOT d.deleted)";

    private static final Logger LOG = Logger.getLogger(ConnectedDevices.class);

    private final Database database;
    private final CredentialVault vault;
    private final DeviceRules rules;
    private final Remembered<DeviceId, ConnectedDevice> known = new Remembered<>(Remembered.DEVICES);

    ConnectedDevices(Database database, CredentialVault vault, DeviceRules rules) {
        this.database = database;
        this.vault = vault;
        this.rules = rules;
    }

    /**
     * The device as last remembered, else as it is; empty when there is none.
     *
     * @throws UnreadableDevice when its row cannot be read
     * @throws UnknownPlatform when a newer version added its platform
     */
    public Optional<ConnectedDevice> get(DeviceId id) {
        Optional<ConnectedDevice> remembered = remembered(id);
        return remembered.isPresent() ? remembered : newest(id);
    }

    /** The device as last remembered. Never waits. */
    public Optional<ConnectedDevice> remembered(DeviceId id) {
        return known.get(id);
    }

    /**
     * The device as it is now.
     *
     * @throws UnreadableDevice when its row cannot be read
     * @throws UnknownPlatform when a newer version added its platform
     */
    public Optional<ConnectedDevice> newest(DeviceId id) {
        Optional<ConnectedDevice> found = Optional.empty();
        for (Row row : database.run(BY_ID, new UUID[] {id.value()}, false)) {
            found = Optional.of(readable(id, row));
        }
        found.ifPresentOrElse(device -> known.put(id, device), () -> known.forget(id));
        return found;
    }

    /**
     * Many devices as they are now, by one statement.
     *
     * @param unreadable is told of each whose row cannot be read; of a platform that a newer version added nothing is said
     */
    public List<ConnectedDevice> newest(Collection<DeviceId> ids, Consumer<UnreadableDevice> unreadable) {
        List<ConnectedDevice> found = new ArrayList<>();
        UUID[] asked = ids.stream().map(DeviceId::value).toArray(UUID[]::new);
        for (Row row : database.run(BY_ID, asked, false)) {
            try {
                ConnectedDevice device = readable(new DeviceId(row.getUUID("id")), row);
                known.put(device.id(), device);
                found.add(device);
            } catch (UnreadableDevice makesNoSense) {
                unreadable.accept(makesNoSense);
            } catch (UnknownPlatform ofANewerVersion) {
                // Only that version asks about it.
            }
        }
        return found;
    }

    /** As {@link #newest(DeviceId)}, and not remembered; a deleted one as well. */
    public Optional<ConnectedDevice> evenDeleted(DeviceId id) {
        Optional<ConnectedDevice> found = Optional.empty();
        for (Row row : database.run(BY_ID, new UUID[] {id.value()}, true)) {
            found = Optional.of(readable(id, row));
        }
        return found;
    }

    /** As {@link #newest}; empty as well when it is not this user's. */
    public Optional<ConnectedDevice> newestOf(UserId user, DeviceId id) {
        boolean own = database.run(OWN, id.value(), user.value()).rowCount() > 0;
        return own ? newest(id) : Optional.empty();
    }

    /** Whatever instance deleted them: nobody asks for a device that is gone, and its credential would stand open here. */
    @Scheduled(every = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void forgetDeleted() {
        try {
            Columns<DeviceId> all = new Columns<>(known.keys());
            for (Row row : database.run(DELETED, (Object) all.uuids(DeviceId::value))) {
                known.forget(new DeviceId(row.getUUID("id")));
            }
        } catch (RuntimeException databaseIsAway) {
            LOG.debugf("which devices are deleted is not known now: %s", databaseIsAway.toString());
        }
    }

    private ConnectedDevice readable(DeviceId id, Row row) {
        try {
            return read(id, row);
        } catch (UnknownPlatform ofANewerVersion) {
            throw ofANewerVersion;
        } catch (RuntimeException makesNoSense) {
            throw new UnreadableDevice(id, row.getLong("version"), makesNoSense);
        }
    }

    private ConnectedDevice read(DeviceId id, Row row) {
        UserRules ofUser = row.getLong("rules_version") == null
                ? UserRules.NONE
                : UserRulesRow.read(row, "user_quiet_hours", "rules_version");
        return new ConnectedDevice(
                id,
                Platform.find(row.getString("platform")).orElseThrow(() -> new UnknownPlatform(id)),
                row.getString("base_url"),
                row.getString("session"),
                vault.open(id.value(), row.getBuffer("credential").getBytes()),
                WireEnum.read(AntiSpamProfile.class, row.getString("anti_spam")),
                JsonColumns.words(row.getString("greetings")),
                row.getBoolean("typing"),
                ZoneId.of(row.getString("time_zone")),
                rules.of(row, row.getString("user_id"), ofUser),
                row.getLong("version"),
                ofUser.version(),
                row.getInteger("callback_generation"),
                row.getString("phone"));
    }
}
