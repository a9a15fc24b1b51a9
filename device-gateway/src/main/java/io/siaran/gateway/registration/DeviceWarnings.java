package io.siaran.gateway.registration;

import io.siaran.gateway.device.DeviceRules;
import io.siaran.gateway.device.JsonColumns;
import io.siaran.gateway.rules.UserRules;
import io.siaran.gateway.sendingrules.QuietHoursField;
import io.siaran.gateway.sendingrules.SendingRulesStore;
import io.siaran.model.PhoneNumber;
import io.siaran.model.UserId;
import io.siaran.model.Wire;
import io.siaran.rest.Warning;
import io.siaran.rest.WarningCode;
import io.siaran.sql.Sql;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What is legal about a device and yet doubtful. */
@ApplicationScoped
class DeviceWarnings {

    private static final String IN_DOUBT = Sql.load(DeviceWarnings.class, "devices-in-doubt.sql");
    private static final String ACTIVITY = Sql.load(DeviceWarnings.class, "activity.sql");

    private final SendingRulesStore userRules;
    private final DeviceRules rules;
    private final Pool pool;
    private final Clock clock;

    DeviceWarnings(SendingRulesStore userRules, DeviceRules rules, Pool pool, Clock clock) {
        this.userRules = userRules;
        this.rules = rules;
        this.pool = pool;
        this.clock = clock;
    }

    /** The devices that work and yet look bad, where an order asks for them. */
    Uni<Set<UUID>> doubted(UserId user, DeviceOrder order) {
        return order == DeviceOrder.TROUBLE_FIRST
                ? doubts(user).map(Map::keySet)
                : Uni.createFrom().item(Set.of());
    }

    /** As {@link #views(UserId)}; these devices with what they did lately and how well they are. */
    Uni<Function<Device, DeviceView>> views(UserId user, List<Device> shown) {
        UUID[] ids = shown.stream().map(device -> device.id).toArray(UUID[]::new);
        return views(user)
                .flatMap(view -> pool.preparedQuery(ACTIVITY)
                        .execute(Tuple.of(ids))
                        .map(this::activities)
                        .map(lately -> device -> {
                            DeviceActivity activity = lately.get(device.id);
                            DeviceView plain = view.apply(device);
                            return activity == null ? plain : plain.with(activity.today(), activity.health());
                        }));
    }

    private Map<UUID, DeviceActivity> activities(RowSet<Row> rows) {
        Map<UUID, DeviceActivity> known = new HashMap<>();
        Instant now = clock.instant();
        rows.forEach(row -> known.put(row.getUUID("id"), new DeviceActivity(row, rules, now)));
        return known;
    }

    /**
     * How this user's devices are shown, each with its warnings. Not to be called in a session: it has a connection of its own
     * from its beginning, and as many callers as there are connections would wait for each other.
     */
    Uni<Function<Device, DeviceView>> views(UserId user) {
        return userRules
                .current(user)
                .flatMap(ofUser -> doubts(user)
                        .map(doubts -> device -> DeviceView.of(
                                device, warnings(device, ofUser, doubts.getOrDefault(device.id, Set.of())))));
    }

    /** The devices of a user that work and yet look bad; nearly always none. */
    private Uni<Map<UUID, Set<WarningCode>>> doubts(UserId user) {
        return pool.preparedQuery(IN_DOUBT)
                .execute(Tuple.of(user.value()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .collect(Collectors.groupingBy(
                                row -> row.getUUID(0),
                                Collectors.mapping(
                                        row -> Wire.read(WarningCode.class, row.getString(1)), Collectors.toSet()))));
    }

    private List<Warning> warnings(Device device, UserRules ofUser, Set<WarningCode> doubts) {
        List<Warning> warnings = new ArrayList<>();
        if (device.phone != null && !new PhoneNumber(device.phone).isMobile()) {
            warnings.add(new Warning(
                    WarningCode.NOT_MOBILE, "phone", "is a landline or service number, which has no WhatsApp"));
        }
        if (doubts.contains(WarningCode.RECEIPTS_STOPPED)) {
            warnings.add(new Warning(
                    WarningCode.RECEIPTS_STOPPED,
                    "status",
                    "its messages are accepted and no receipt comes any more: does its phone still send?"));
        }
        if (doubts.contains(WarningCode.CONTACTS_REFUSED)) {
            warnings.add(
                    new Warning(
                            WarningCode.CONTACTS_REFUSED,
                            "status",
                            "its platform refused one contact after the other: are the numbers right, is the number restricted?"));
        }
        warnings.addAll(QuietHoursField.warnings(rules.quiet(ofUser, JsonColumns.quietHours(device.quietHours))));
        return warnings;
    }
}
