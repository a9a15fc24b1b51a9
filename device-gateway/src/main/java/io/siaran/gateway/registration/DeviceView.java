package io.siaran.gateway.registration;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.siaran.gateway.device.Engine;
import io.siaran.gateway.device.JsonColumns;
import io.siaran.gateway.device.Platform;
import io.siaran.gateway.rules.QuietHours;
import io.siaran.model.AntiSpamProfile;
import io.siaran.model.UnknownPolicy;
import io.siaran.model.WireEnum;
import io.siaran.rest.Versioned;
import io.siaran.rest.Warning;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A device as its user sees it: everything but the credential. */
// What is unwrapped would come first in the document of the API.
@JsonPropertyOrder({"id", "user_id", "name", "phone", "linked_phone", "platform", "engine", "session", "base_url"})
@Schema(description = "A device as its user sees it: everything but the credential.")
record DeviceView(
        @Schema(required = true, description = "Its id.", example = "01936f2e-0000-7000-8000-0000000000d1")
        UUID id,

        @Schema(
                required = true,
                description = "Whose it is: the subject of the token that registered it.",
                example = "toko-sinar")
        String userId,

        @Schema(required = true, description = "What people call it.", example = "Merah")
        String name,

        @Schema(
                required = true,
                nullable = true,
                description =
                        "The number that it has to have, as E.164 digits, where its owner said; linked_phone is the"
                                + " one that it has.",
                example = "60123456789")
        String phone,

        @Schema(
                required = true,
                nullable = true,
                description =
                        "The number of the phone that was linked to it last, as E.164 digits: with the bridge of this"
                                + " installation, until it is logged out here. Null for every other platform, which knows its numbers"
                                + " itself.",
                example = "60123456789")
        String linkedPhone,

        @Schema(
                required = true,
                enumeration = {"wablas", "whacenter", ""},
                description = "Through whom it reaches WhatsApp; the empty text is WhatsApp Web.",
                example = "wablas")
        String platform,

        @Schema(
                required = true,
                nullable = true,
                description = "Which server speaks WhatsApp Web for it; null for another platform.",
                example = "waha")
        Engine engine,

        @Schema(
                required = true,
                nullable = true,
                description = "What its WhatsApp Web server calls it; null for another platform.",
                example = "merah")
        String session,

        @Schema(
                required = true,
                nullable = true,
                description = "The account's server; null where that is the bridge of this installation.",
                example = "https://my.wablas.com")
        String baseUrl,

        @JsonUnwrapped DeviceStanding standing,

        @Schema(
                required = true,
                nullable = true,
                description = "The shortest pause before its messages, where these name none.",
                example = "10")
        Integer minDelaySeconds,

        @Schema(
                required = true,
                nullable = true,
                description = "The longest pause before its messages, where these name none.",
                example = "30")
        Integer maxDelaySeconds,

        @Schema(
                required = true,
                description = "The IANA time zone that its days, hours and greetings go by.",
                example = "Asia/Kuala_Lumpur")
        String timeZone,

        @Schema(required = true, description = "How its texts are varied.", example = "full")
        AntiSpamProfile antiSpam,

        @Schema(required = true, nullable = true, description = "Messages in any hour; null is no cap.", example = "60")
        Integer hourlyCap,

        @Schema(
                required = true,
                nullable = true,
                description = "Messages on one day of its zone; null is no cap.",
                example = "400")
        Integer dailyCap,

        @Schema(
                required = true,
                nullable = true,
                description =
                        "Messages on one day of its zone to people who did not write to it lately; null is no cap.",
                example = "200")
        Integer coldDailyCap,

        @Schema(
                required = true,
                nullable = true,
                description = "People on one day of its zone whom its number never wrote to before; null is no cap.",
                example = "50")
        Integer firstContactDailyCap,

        @Schema(
                required = true,
                description = "Whether it sends fewer messages in the first days of its number.",
                example = "true")
        boolean warmUp,

        @Schema(
                required = true,
                description = "Whether its pauses are stretched by themselves while its health is poor.",
                example = "false")
        boolean autoSlow,

        @Schema(
                required = true,
                description = "By how much its pauses are stretched now: 1, 2 or 4; 1 without auto_slow.",
                example = "1")
        int slowFactor,

        @Schema(required = true, description = "Hours at which it sends nothing, by its time zone.")
        List<QuietHours> quietHours,

        @Schema(
                required = true,
                description = "What becomes of a message whose outcome is not known.",
                example = "hold")
        UnknownPolicy unknownPolicy,

        @Schema(
                required = true,
                description = "Its own greetings; empty: the Malay set.",
                example = "[\"Salam {{name}},\"]")
        List<String> greetings,

        @Schema(
                required = true,
                description = "Whether it shows that somebody types before a message.",
                example = "false")
        boolean typing,

        @Schema(
                required = true,
                description = "Whether a number is checked before it is written to, where its platform can.",
                example = "false")
        boolean checkNumbers,

        @Schema(required = true, description = "When it was registered.", example = "2026-11-27T01:00:00Z")
        Instant createdAt,

        @Schema(
                required = true,
                description = "When anything of it last changed, its status included.",
                example = "2026-11-27T01:00:00Z")
        Instant updatedAt,

        @Schema(
                required = true,
                description =
                        "What is legal and yet doubtful: always_quiet, not_mobile, contacts_refused, receipts_stopped.")
        List<Warning> warnings,

        @Schema(description = "What it said today, and when it may go on; not in the answer to its registration.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        TodayView today,

        @Schema(
                description =
                        "What waits for it, in the answers of listDevices and getDevice; absent while dispatch-service does"
                                + " not say.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        WaitingMessages queue,

        @Schema(description = "How well it is, and why; not in the answer to its registration.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        HealthView health,

        @Schema(hidden = true) long version)
        implements Versioned {

    static DeviceView of(Device device, List<Warning> warnings, Lately lately) {
        Optional<Platform> platform = Platform.find(device.platform);
        return new DeviceView(
                device.id,
                device.userId,
                device.name,
                device.phone,
                device.linkedPhone,
                platform.map(known -> known.platformName().wire()).orElse(device.platform),
                platform.map(Platform::engine).orElse(null),
                device.session,
                device.ownServer(),
                DeviceStanding.of(device),
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
                device.slowFactor,
                JsonColumns.quietHours(device.quietHours),
                WireEnum.read(UnknownPolicy.class, device.unknownPolicy),
                JsonColumns.words(device.greetings),
                device.typing,
                device.checkNumbers,
                device.createdAt,
                device.updatedAt,
                warnings,
                lately.today(),
                lately.queue(),
                lately.health(),
                device.version);
    }
}
