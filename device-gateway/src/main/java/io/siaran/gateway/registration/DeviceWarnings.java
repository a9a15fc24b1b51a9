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
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What is legal about a device and yet doubtful. */
@ApplicationScoped
class DeviceWarnings {

    private final SendingRulesStore userRules;
    private final DeviceRules rules;

    DeviceWarnings(SendingRulesStore userRules, DeviceRules rules) {
        this.userRules = userRules;
        this.rules = rules;
    }

    /** How this user's devices are shown, each with its warnings. */
    Uni<Function<Device, DeviceView>> views(UserId user) {
        return userRules.current(user).map(ofUser -> device -> DeviceView.of(device, warnings(device, ofUser)));
    }

    private List<Warning> warnings(Device device, UserRules ofUser) {
        List<Warning> warnings = new ArrayList<>();
        if (device.phone != null && !new PhoneNumber(device.phone).isMobile()) {
            warnings.add(new Warning(
                    WarningCode.NOT_MOBILE, "phone", "is a landline or service number, which has no WhatsApp"));
        }
        warnings.addAll(QuietHoursField.warnings(rules.quiet(ofUser, JsonColumns.quietHours(device.quietHours))));
        return warnings;
    }
}
