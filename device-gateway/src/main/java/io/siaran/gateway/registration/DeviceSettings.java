package io.siaran.gateway.registration;

import io.siaran.gateway.device.Credential;
import io.siaran.gateway.device.ServerAddresses;
import io.siaran.gateway.device.Zones;
import io.siaran.gateway.rules.QuietHours;
import io.siaran.model.AntiSpamProfile;
import io.siaran.model.DelayRange;
import io.siaran.model.MessageType;
import io.siaran.model.UnknownPolicy;
import io.siaran.model.template.TextCheck;
import io.siaran.rest.Refusal;
import io.siaran.rest.Violation;
import java.util.ArrayList;
import java.util.List;

/**
 * What a person decides about a device and may change, whole: of a new device, or of one with a change laid over it.
 *
 * @param credential null where a change leaves it as it is
 * @param hourlyCap null for none, as the other one
 * @param greetings its own greeting words, written as a message is; empty for the standard ones
 */
record DeviceSettings(
        String name,
        Credential credential,
        String baseUrl,
        Integer minDelay,
        Integer maxDelay,
        String timeZone,
        AntiSpamProfile antiSpam,
        Integer hourlyCap,
        Integer dailyCap,
        boolean warmUp,
        List<QuietHours> quietHours,
        UnknownPolicy unknownPolicy,
        List<String> greetings,
        boolean typing) {

    private static final int LARGEST_HOURLY = 1_000;
    private static final int LARGEST_DAILY = 100_000;
    private static final int LONGEST_LIST = 50;
    private static final int LONGEST_GREETING = 100;

    /** @throws Refusal (a 400) that names every field that is wrong, these after those found before */
    void check(ServerAddresses addresses, List<Violation> before) {
        List<Violation> wrong = new ArrayList<>(before);
        addresses.objection(baseUrl).ifPresent(why -> wrong.add(new Violation("base_url", why)));
        refuseUnless(isDelay(), wrong, "min_delay_seconds", "0 <= min <= max <= 3600 seconds, both or none");
        refuseUnless(Zones.isKnown(timeZone), wrong, "time_zone", "must be a time zone, like Asia/Kuala_Lumpur");
        refuseUnless(isCap(hourlyCap, LARGEST_HOURLY), wrong, "hourly_cap", "from 1 to 1000, or 0 for none");
        refuseUnless(isCap(dailyCap, LARGEST_DAILY), wrong, "daily_cap", "from 1 to 100000, or 0 for none");
        refuseUnless(quietHours.size() <= LONGEST_LIST, wrong, "quiet_hours", "at most 50");
        refuseUnless(
                areGreetings(),
                wrong,
                "greetings",
                "at most 50, each of 1 to 100 characters in one line, with braces as in a message");
        if (!wrong.isEmpty()) {
            throw Refusal.invalid(wrong);
        }
    }

    /** Never with the credential: this may be logged. */
    @Override
    public String toString() {
        return "DeviceSettings[" + name + "]";
    }

    /** A cap as it is asked for: 0 takes it away. */
    static Integer cap(Integer asked) {
        return asked == null || asked == 0 ? null : asked;
    }

    private static void refuseUnless(boolean right, List<Violation> wrong, String field, String message) {
        if (!right) {
            wrong.add(new Violation(field, message));
        }
    }

    private boolean isDelay() {
        if (minDelay == null || maxDelay == null) {
            return minDelay == null && maxDelay == null;
        }
        return 0 <= minDelay && minDelay <= maxDelay && maxDelay <= DelayRange.LONGEST_SECONDS;
    }

    private static boolean isCap(Integer cap, int largest) {
        return cap == null || (1 <= cap && cap <= largest);
    }

    private boolean areGreetings() {
        return greetings.size() <= LONGEST_LIST
                && greetings.stream()
                        .allMatch(words -> !words.isBlank()
                                && words.length() <= LONGEST_GREETING
                                && words.chars().noneMatch(Character::isISOControl)
                                && TextCheck.of(words, MessageType.TEXT)
                                        .refusal()
                                        .isEmpty());
    }
}
