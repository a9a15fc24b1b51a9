package io.siaran.gateway.registration;

import io.siaran.gateway.device.DeviceConfig;
import io.siaran.gateway.device.Zones;
import io.siaran.gateway.sendingrules.QuietHoursField;
import io.siaran.model.AntiSpamProfile;
import io.siaran.model.DelayRange;
import io.siaran.model.InvalidPhoneNumber;
import io.siaran.model.Limits;
import io.siaran.model.MessageType;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Text;
import io.siaran.model.UnknownPolicy;
import io.siaran.model.template.TextCheck;
import io.siaran.rest.Refusal;
import io.siaran.rest.ViolationCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;

/** Reads the body of a device, and names everything that is wrong with it at once. */
@ApplicationScoped
class ReadSettings {

    private static final String USUAL_ZONE = "Asia/Kuala_Lumpur";
    private static final int LARGEST_HOURLY = 1_000;
    private static final int LARGEST_DAILY = 100_000;
    private static final int LONGEST_GREETING = 100;

    private final ReadAccess access;
    private final DeviceConfig config;

    ReadSettings(ReadAccess access, DeviceConfig config) {
        this.access = access;
        this.config = config;
    }

    /** @throws Refusal (a 400) that names every field that is wrong */
    DeviceSettings ofNew(DeviceBody body) {
        Objections wrong = new Objections();
        return read(body, access.ofNew(body, wrong), wrong);
    }

    /** @throws Refusal (a 400) that names every field that is wrong */
    DeviceSettings ofChange(DeviceBody body, Device device) {
        Objections wrong = new Objections();
        return read(body, access.ofChange(body, device, wrong), wrong);
    }

    private DeviceSettings read(DeviceBody body, ReadAccess.Access reached, Objections wrong) {
        String name = name(body, wrong);
        PhoneNumber phone = phone(body, wrong);
        String zone = Objects.requireNonNullElse(body.timeZone(), USUAL_ZONE);
        wrong.unless(Zones.isKnown(zone), "time_zone", "must be a time zone, like Asia/Kuala_Lumpur");
        checkPace(body, wrong);
        checkQuietHours(body, wrong);
        checkGreetings(body, wrong);
        wrong.throwIfAny();
        return new DeviceSettings(
                name,
                phone,
                reached.platform(),
                reached.credential(),
                reached.server(),
                reached.session(),
                body.minDelaySeconds(),
                body.maxDelaySeconds(),
                zone,
                Objects.requireNonNullElse(body.antiSpam(), AntiSpamProfile.FULL),
                cap(body.hourlyCap()),
                cap(body.dailyCap()),
                cap(body.coldDailyCap()),
                cap(body.firstContactDailyCap()),
                Boolean.TRUE.equals(body.warmUp()),
                Boolean.TRUE.equals(body.autoSlow()),
                orNone(body.quietHours()),
                Objects.requireNonNullElse(body.unknownPolicy(), UnknownPolicy.HOLD),
                orNone(body.greetings()),
                Boolean.TRUE.equals(body.typing()),
                Boolean.TRUE.equals(body.checkNumbers()));
    }

    private static String name(DeviceBody body, Objections wrong) {
        String name = body.name() == null ? "" : body.name().strip();
        wrong.unless(Text.isSeen(name), "name", "is required, and must show something", ViolationCode.REQUIRED);
        boolean fits = Text.length(name) <= Limits.NAME;
        wrong.unless(fits, "name", "must have at most " + Limits.NAME + " characters", ViolationCode.TOO_LONG);
        wrong.unless(hasNoControls(name), "name", "must be one line of text", ViolationCode.NOT_STORABLE);
        return name;
    }

    private PhoneNumber phone(DeviceBody body, Objections wrong) {
        try {
            return body.phone() == null ? null : PhoneNumber.parse(body.phone(), config.defaultRegion());
        } catch (InvalidPhoneNumber invalid) {
            wrong.unless(false, "phone", invalid.getMessage(), ViolationCode.INVALID_PHONE);
            return null;
        }
    }

    private static void checkPace(DeviceBody body, Objections wrong) {
        Integer min = body.minDelaySeconds();
        Integer max = body.maxDelaySeconds();
        boolean right =
                min == null || max == null ? min == max : 0 <= min && min <= max && max <= DelayRange.LONGEST_SECONDS;
        wrong.unless(
                right,
                "min_delay_seconds",
                "0 <= min <= max <= " + DelayRange.LONGEST_SECONDS + " seconds, both or none",
                min == null || max == null ? ViolationCode.CONTRADICTION : ViolationCode.OUT_OF_RANGE);
        checkCap(body.hourlyCap(), LARGEST_HOURLY, "hourly_cap", wrong);
        checkCap(body.dailyCap(), LARGEST_DAILY, "daily_cap", wrong);
        checkCap(body.coldDailyCap(), LARGEST_DAILY, "cold_daily_cap", wrong);
        checkCap(body.firstContactDailyCap(), LARGEST_DAILY, "first_contact_daily_cap", wrong);
    }

    private static void checkCap(Integer cap, int largest, String field, Objections wrong) {
        boolean right = cap == null || (0 <= cap && cap <= largest);
        wrong.unless(right, field, "must be from 1 to " + largest + ", or null for none", ViolationCode.OUT_OF_RANGE);
    }

    private static void checkQuietHours(DeviceBody body, Objections wrong) {
        wrong.addAll(QuietHoursField.violations(orNone(body.quietHours())));
    }

    private static void checkGreetings(DeviceBody body, Objections wrong) {
        List<String> greetings = orNone(body.greetings());
        for (int i = 0; i < greetings.size(); i++) {
            wrong.unless(
                    isGreeting(greetings.get(i)),
                    "greetings[" + i + "]",
                    "must be 1 to 100 characters in one line, with braces as in a message");
        }
    }

    private static boolean isGreeting(String words) {
        return Text.isSeen(words)
                && Text.length(words) <= LONGEST_GREETING
                && hasNoControls(words)
                && TextCheck.of(words, MessageType.TEXT).refusal().isEmpty();
    }

    private static boolean hasNoControls(String text) {
        return text.chars().noneMatch(Character::isISOControl);
    }

    private static Integer cap(Integer asked) {
        return asked == null || asked == 0 ? null : asked;
    }

    private static <T> List<T> orNone(List<T> list) {
        return list == null ? List.of() : list;
    }
}
