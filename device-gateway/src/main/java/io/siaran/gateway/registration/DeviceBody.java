package io.siaran.gateway.registration;

import io.siaran.gateway.device.Engine;
import io.siaran.gateway.device.JsonColumns;
import io.siaran.gateway.device.Platform;
import io.siaran.gateway.device.PlatformName;
import io.siaran.gateway.rules.QuietHours;
import io.siaran.model.AntiSpamProfile;
import io.siaran.model.Limits;
import io.siaran.model.UnknownPolicy;
import io.siaran.model.WireEnum;
import io.siaran.rest.AnsweredAs;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a tenant decides about a device: the body of POST and PUT, and what a PATCH is laid over. */
@AnsweredAs(DeviceView.class)
@Schema(description = "What a tenant decides about a device. What is absent or null has its default.")
record DeviceBody(
        @Schema(
                required = true,
                maxLength = Limits.NAME,
                description = "What people call the device.",
                example = "Merah")
        String name,

        @Schema(
                nullable = true,
                maxLength = Limits.PHONE,
                description =
                        "The number that it has to have, in any spelling; answered as E.164 digits. Where it is given,"
                                + " no other phone may be linked to it.",
                example = "60123456789")
        String phone,

        @Schema(
                required = true,
                description = "Through whom it reaches WhatsApp; the empty text is WhatsApp Web. It never changes.",
                example = "wablas")
        PlatformName platform,

        @Schema(
                nullable = true,
                description = "Which server speaks WhatsApp Web for it, and for no other platform: the bridge of this"
                        + " installation by default. It never changes.",
                example = "waha")
        Engine engine,

        @Schema(
                nullable = true,
                maxLength = 100,
                pattern = "[A-Za-z0-9_.@:-]*",
                description = "What its WhatsApp Web server calls it: gowa's device id, WAHA's session, Evolution's"
                        + " instance. The device's id by default, and always with the bridge.",
                example = "merah")
        String session,

        @Schema(
                nullable = true,
                writeOnly = true,
                maxLength = 500,
                pattern = "[!-~]*",
                description =
                        "What the platform knows the device by; visible ASCII only. Required when it is registered,"
                                + " but for the bridge, which takes none;"
                                + " later absent means unchanged. It is never answered.",
                example = "token.secret")
        String credential,

        @Schema(
                nullable = true,
                maxLength = Limits.URL,
                description =
                        "The account's server, an http or https URL; the platform's usual one by default, where it"
                                + " has one. A name that is reserved for examples (example.com, .invalid) is refused.",
                example = "https://my.wablas.com")
        String baseUrl,

        @Schema(
                nullable = true,
                minimum = "0",
                maximum = "3600",
                description =
                        "The shortest pause before its messages, where these name none; needs the longest one too.",
                example = "10")
        Integer minDelaySeconds,

        @Schema(
                nullable = true,
                minimum = "0",
                maximum = "3600",
                description =
                        "The longest pause before its messages, where these name none; needs the shortest one too.",
                example = "30")
        Integer maxDelaySeconds,

        @Schema(
                nullable = true,
                defaultValue = "Asia/Kuala_Lumpur",
                maxLength = Limits.TIME_ZONE,
                description = "The IANA time zone that its days, hours and greetings go by.",
                example = "Asia/Kuala_Lumpur")
        String timeZone,

        @Schema(
                nullable = true,
                defaultValue = "full",
                description = "How its texts are varied; a campaign's or message's own profile goes before.",
                example = "full")
        AntiSpamProfile antiSpam,

        @Schema(
                nullable = true,
                minimum = "0",
                maximum = "1000",
                description = "Messages in any hour, answers not counted; null or 0 is no cap.",
                example = "60")
        Integer hourlyCap,

        @Schema(
                nullable = true,
                minimum = "0",
                maximum = "100000",
                description = "Messages on one day of its zone, answers not counted; null or 0 is no cap.",
                example = "400")
        Integer dailyCap,

        @Schema(
                nullable = true,
                minimum = "0",
                maximum = "100000",
                description =
                        "Messages on one day of its zone to people who did not write to it lately; null or 0 is no cap."
                                + " It counts what daily_cap counts, and the lower one holds.",
                example = "200")
        Integer coldDailyCap,

        @Schema(
                nullable = true,
                minimum = "0",
                maximum = "100000",
                description =
                        "People on one day of its zone whom its number never wrote to before and who did not write"
                                + " to it lately; null or 0 is no cap. Messages to others go on when it is full.",
                example = "50")
        Integer firstContactDailyCap,

        @Schema(
                nullable = true,
                defaultValue = "false",
                description = "Whether it sends fewer messages in the first days of its number.",
                example = "true")
        Boolean warmUp,

        @Schema(
                nullable = true,
                defaultValue = "false",
                description =
                        "Whether its pauses are stretched by themselves, to twice or four times, while its health is"
                                + " poor. Without it nothing changes by itself.",
                example = "false")
        Boolean autoSlow,

        @Schema(nullable = true, description = "Hours at which it sends nothing, by its time zone.")
        @Size(max = DeviceSettings.LONGEST_LIST)
        List<QuietHours> quietHours,

        @Schema(
                nullable = true,
                defaultValue = "hold",
                description = "What becomes of a message whose outcome is not known.",
                example = "hold")
        UnknownPolicy unknownPolicy,

        @Schema(
                nullable = true,
                description =
                        "Its own greetings, each of 1 to 100 characters in one line, written as a message is; for"
                                + " certain hours when these stand before it. Or ms, en for a standard set. Empty: the Malay set.",
                example = "[\"05-11 Selamat pagi {{name}},\"]")
        @Size(max = DeviceSettings.LONGEST_LIST)
        List<String> greetings,

        @Schema(
                nullable = true,
                defaultValue = "false",
                description = "Whether it shows that somebody types before a message, where its platform can.",
                example = "false")
        Boolean typing,

        @Schema(
                nullable = true,
                defaultValue = "false",
                description =
                        "Whether a number is checked before it is written to, where its platform can: a message to"
                                + " one that is not on WhatsApp fails without a send. What is known is kept for 30 days.",
                example = "false")
        Boolean checkNumbers) {

    /** The adapter that the two name together, null where they name none. */
    Platform adapter() {
        boolean isUsual = platform == PlatformName.WHATSAPP_WEB && engine == null;
        return platform == null
                ? null
                : Platform.of(platform, isUsual ? Engine.BRIDGE : engine).orElse(null);
    }

    /** The body that would change nothing. */
    static DeviceBody of(Device device) {
        return new DeviceBody(
                device.name,
                device.phone,
                device.knownPlatform().platformName(),
                device.knownPlatform().engine(),
                device.session,
                null,
                device.ownServer(),
                device.minDelay,
                device.maxDelay,
                device.timeZone,
                WireEnum.read(AntiSpamProfile.class, device.antiSpam),
                device.hourlyCap,
                device.dailyCap,
                device.coldDailyCap,
                device.firstContactCap,
                device.warmUp,
                device.autoSlow,
                JsonColumns.quietHours(device.quietHours),
                WireEnum.read(UnknownPolicy.class, device.unknownPolicy),
                JsonColumns.words(device.greetings),
                device.typing,
                device.checkNumbers);
    }

    /** Never with the credential: this may be logged. */
    @Override
    public String toString() {
        return "DeviceBody[platform=" + platform + "]";
    }
}
