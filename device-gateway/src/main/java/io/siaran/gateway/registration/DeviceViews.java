package io.siaran.gateway.registration;

import io.siaran.gateway.device.DeviceRules;
import io.siaran.gateway.device.JsonColumns;
import io.siaran.gateway.rules.UserRules;
import io.siaran.gateway.sendingrules.QuietHoursField;
import io.siaran.gateway.sendingrules.SendingRulesStore;
import io.siaran.model.PhoneNumber;
import io.siaran.model.UserId;
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

/** How devices are shown: beside their settings what is doubtful about them, what they did lately, and what waits for them. */
@ApplicationScoped
class DeviceViews {

    private static final String ACTIVITY = Sql.load(DeviceViews.class, "activity.sql");

    private final SendingRulesStore userRules;
    private final DeviceRules rules;
    private final QueueOfDevices queue;
    private final Pool pool;
    private final Clock clock;

    DeviceViews(SendingRulesStore userRules, DeviceRules rules, QueueOfDevices queue, Pool pool, Clock clock) {
        this.userRules = userRules;
        this.rules = rules;
        this.queue = queue;
        this.pool = pool;
        this.clock = clock;
    }

    /**
     * With their warnings, what they did lately and how well they are. Not to be called in a session: it has a connection of its own,
     * and as many callers as there are connections would wait for each other.
     */
    Uni<Function<Device, DeviceView>> of(UserId user, List<Device> shown) {
        return of(user, shown, Map.of());
    }

    /** The same with what waits for them, as far as whoever knows that answers. @param bearer the token of that user */
    Uni<Function<Device, DeviceView>> withQueue(UserId user, List<Device> shown, String bearer) {
        return queue.of(shown.stream().map(device -> device.id).toList(), bearer)
                .flatMap(waiting -> of(user, shown, waiting));
    }

    /** As {@link #of(UserId, List)}: how a device will be shown that is not there yet. */
    Uni<Function<Device, DeviceView>> ofNew(UserId user) {
        return userRules
                .current(user)
                .map(ofUser -> device -> DeviceView.of(device, warnings(device, ofUser, Set.of()), Lately.UNKNOWN));
    }

    private Uni<Function<Device, DeviceView>> of(UserId user, List<Device> shown, Map<UUID, WaitingMessages> waiting) {
        UUID[] ids = shown.stream().map(device -> device.id).toArray(UUID[]::new);
        return userRules
                .current(user)
                .flatMap(ofUser -> pool.preparedQuery(ACTIVITY)
                        .execute(Tuple.of(ids))
                        .map(this::activities)
                        .map(known -> device -> view(device, ofUser, known.get(device.id), waiting.get(device.id))));
    }

    /** @param activity null where it was deleted meanwhile */
    private DeviceView view(Device device, UserRules ofUser, DeviceActivity activity, WaitingMessages waiting) {
        if (activity == null) {
            return DeviceView.of(device, warnings(device, ofUser, Set.of()), Lately.UNKNOWN);
        }
        Lately lately = new Lately(activity.today(), waiting, activity.health());
        return DeviceView.of(device, warnings(device, ofUser, activity.doubts()), lately);
    }

    private Map<UUID, DeviceActivity> activities(RowSet<Row> rows) {
        Map<UUID, DeviceActivity> known = new HashMap<>();
        Instant now = clock.instant();
        rows.forEach(row -> known.put(row.getUUID("id"), new DeviceActivity(row, rules, now)));
        return known;
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
