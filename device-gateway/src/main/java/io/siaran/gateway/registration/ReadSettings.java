package io.siaran.gateway.registration;

import io.siaran.gateway.device.Credential;
import io.siaran.gateway.device.DeviceConfig;
import io.siaran.gateway.device.Platform;
import io.siaran.gateway.device.PlatformName;
import io.siaran.gateway.device.ServerAddresses;
import io.siaran.gateway.device.Zones;
import io.siaran.gateway.provider.Providers;
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
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the body of a device, and names everything that is wrong with it at once. */
@ApplicationScoped
class ReadSettings {

    private static final String USUAL_ZONE = "Asia/Kuala_Lumpur";
    private static final int LARGEST_HOURLY = 1_000;
    private static final int LARGEST_DAILY = 100_000;
    private static final int LONGEST_GREETING = 100;

    /** What goes into a header or a query as it stands: anything else made messages {@code unknown}. */
    private static final Pattern CREDENTIAL = Pattern.compile("[!-~]{1,500}");

    /** What goes into a path, a header or a JSON text as it stands. */
    private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9_.@:-]{1,100}");

    private static final String NEVER_CHANGES = "never changes: register another device";

    private final Providers providers;
    private final ServerAddresses addresses;
    private final DeviceConfig config;

    ReadSettings(Providers providers, ServerAddresses addresses, DeviceConfig config) {
        this.providers = providers;
        this.addresses = addresses;
        this.config = config;
    }

    /** @throws Refusal (a 400) that names every field that is wrong */
    DeviceSettings ofNew(DeviceBody body) {
        Objections wrong = new Objections();
        wrong.unless(body.credential() != null, "credential", "is required", ViolationCode.REQUIRED);
        return read(body, wrong);
    }

    /** @throws Refusal (a 400) that names every field that is wrong */
    DeviceSettings ofChange(DeviceBody body, Device device) {
        Objections wrong = new Objections();
        Platform known = device.knownPlatform();
        boolean same = body.platform() == null || body.platform() == known.platformName();
        wrong.unless(same, "platform", NEVER_CHANGES, ViolationCode.READ_ONLY);
        boolean sameEngine = body.engine() == null || body.engine() == known.engine();
        wrong.unless(sameEngine, "engine", NEVER_CHANGES, ViolationCode.READ_ONLY);
        return read(body, wrong);
    }

    private DeviceSettings read(DeviceBody body, Objections wrong) {
        String name = name(body, wrong);
        PhoneNumber phone = phone(body, wrong);
        Platform platform = platform(body, wrong);
        Credential credential = credential(body, wrong);
        String server = server(body, platform, wrong);
        String session = session(body, platform, wrong);
        String zone = Objects.requireNonNullElse(body.timeZone(), USUAL_ZONE);
        wrong.unless(Zones.isKnown(zone), "time_zone", "must be a time zone, like Asia/Kuala_Lumpur");
        checkPace(body, wrong);
        checkQuietHours(body, wrong);
        checkGreetings(body, wrong);
        wrong.throwIfAny();
        return new DeviceSettings(
                name,
                phone,
                platform,
                credential,
                server,
                session,
                body.minDelaySeconds(),
                body.maxDelaySeconds(),
                zone,
                Objects.requireNonNullElse(body.antiSpam(), AntiSpamProfile.FULL),
                cap(body.hourlyCap()),
                cap(body.dailyCap()),
                Boolean.TRUE.equals(body.warmUp()),
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

    private static Credential credential(DeviceBody body, Objections wrong) {
        String secret = body.credential();
        boolean right = secret == null || CREDENTIAL.matcher(secret).matches();
        wrong.unless(right, "credential", "must have 1 to 500 visible ASCII characters, without spaces");
        return secret == null || !right ? null : new Credential(secret);
    }

    private Platform platform(DeviceBody body, Objections wrong) {
        boolean isWeb = body.platform() == PlatformName.WHATSAPP_WEB;
        wrong.unless(body.platform() != null, "platform", "is required", ViolationCode.REQUIRED);
        wrong.unless(!isWeb || body.engine() != null, "engine", "is required for WhatsApp Web", ViolationCode.REQUIRED);
        wrong.unless(
                isWeb || body.platform() == null || body.engine() == null,
                "engine",
                "is only for WhatsApp Web",
                ViolationCode.CONTRADICTION);
        return body.adapter();
    }

    private static String session(DeviceBody body, Platform platform, Objections wrong) {
        String session = body.session();
        boolean fits = session == null || SESSION.matcher(session).matches();
        wrong.unless(fits, "session", "must have 1 to 100 letters, digits and _ . @ : -");
        wrong.unless(
                session == null || platform == null || platform.hasSessions(),
                "session",
                "is only for WhatsApp Web",
                ViolationCode.CONTRADICTION);
        return session;
    }

    private String server(DeviceBody body, Platform platform, Objections wrong) {
        if (platform == null) {
            return null;
        }
        Optional<String> named = Optional.ofNullable(body.baseUrl())
                .or(() -> providers.of(platform).usualServer());
        if (named.isEmpty()) {
            wrong.unless(false, "base_url", "is required for this platform", ViolationCode.REQUIRED);
            return null;
        }
        String asked = named.get();
        boolean fits = Text.length(asked) <= Limits.URL;
        wrong.unless(fits, "base_url", "must have at most " + Limits.URL + " characters", ViolationCode.TOO_LONG);
        String server = ServerAddresses.plain(asked);
        addresses.objection(server).ifPresent(why -> wrong.unless(false, "base_url", why));
        return server;
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
