package io.siaran.gateway.registration;

import io.siaran.gateway.device.Platform;
import io.siaran.model.DeviceId;
import io.siaran.model.UserId;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whose turn it is to be asked about by its platform. For virtual threads. */
@ApplicationScoped
public class DueChecks {

    private static final String CLAIM = Sql.load(DueChecks.class, "claim-checks.sql");

    private final Database database;

    DueChecks(Database database) {
        this.database = database;
    }

    public record Due(DeviceId device, UserId user) {}

    /**
     * What an instance is asking.
     *
     * @param mostOfUser how many checks of one user's devices it may have under way
     * @param ofUsers how many it has, of those who have any
     * @param devices that it is asking about, none of which is asked for twice at once
     */
    public record UnderWay(int mostOfUser, Map<UserId, Integer> ofUsers, Set<DeviceId> devices) {

        public UnderWay {
            ofUsers = Map.copyOf(ofUsers);
            devices = Set.copyOf(devices);
        }
    }

    /**
     * Devices of these platforms whose check is due, at most so many; no other instance gets them until about {@code every}
     * has passed.
     */
    public List<Due> claim(int atMost, Duration every, Set<Platform> platforms, UnderWay underWay) {
        Columns<Map.Entry<UserId, Integer>> busy =
                new Columns<>(underWay.ofUsers().entrySet());
        List<Due> due = new ArrayList<>();
        for (Row row : database.run(
                CLAIM,
                every.toMillis(),
                atMost,
                platforms.stream().map(Platform::wire).toArray(String[]::new),
                underWay.mostOfUser(),
                busy.texts(user -> user.getKey().value()),
                busy.integers(Map.Entry::getValue),
                new Columns<>(underWay.devices()).uuids(DeviceId::value))) {
            due.add(new Due(new DeviceId(row.getUUID("id")), new UserId(row.getString("user_id"))));
        }
        return due;
    }
}
