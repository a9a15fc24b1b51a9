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
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What is legal about a device and yet doubtful. */
@ApplicationScoped
class DeviceWarnings {

    private static final String CONTACTS_REFUSED = Sql.load(DeviceWarnings.class, "contacts-refused.sql");

    private final SendingRulesStore userRules;
    private final DeviceRules rules;
    private final Pool pool;

    DeviceWarnings(SendingRulesStore userRules, DeviceRules rules, Pool pool) {
        this.userRules = userRules;
        this.rules = rules;
        this.pool = pool;
    }

    /**
     * How this user's devices are shown, each with its warnings. Not to be called in a session: it has a connection of its own
     * from its beginning, and as many callers as there are connections would wait for each other.
     */
    Uni<Function<Device, DeviceView>> views(UserId user) {
        return userRules
                .current(user)
                .flatMap(ofUser -> refused(user)
                        .map(refused -> device ->
                                DeviceView.of(device, warnings(device, ofUser, refused.contains(device.id)))));
    }

    /** The devices of a user whose contacts are refused in a row; nearly always none. */
    private Uni<Set<UUID>> refused(UserId user) {
        return pool.preparedQuery(CONTACTS_REFUSED)
                .execute(Tuple.of(user.value()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getUUID(0))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private List<Warning> warnings(Device device, UserRules ofUser, boolean contactsAreRefused) {
        List<Warning> warnings = new ArrayList<>();
        if (device.phone != null && !new PhoneNumber(device.phone).isMobile()) {
            warnings.add(new Warning(
                    WarningCode.NOT_MOBILE, "phone", "is a landline or service number, which has no WhatsApp"));
        }
        if (contactsAreRefused) {
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
