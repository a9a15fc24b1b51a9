package io.siaran.gateway.preview;

import io.siaran.gateway.antispam.AntiSpam;
import io.siaran.gateway.antispam.Draft;
import io.siaran.gateway.antispam.Voice;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.ConnectedDevices;
import io.siaran.gateway.device.DeviceConfig;
import io.siaran.gateway.device.UnknownPlatform;
import io.siaran.gateway.device.UnreadableDevice;
import io.siaran.gateway.provider.Providers;
import io.siaran.model.AntiSpamProfile;
import io.siaran.model.Attributes;
import io.siaran.model.DeviceId;
import io.siaran.model.MessageId;
import io.siaran.model.MessageType;
import io.siaran.model.template.Template;
import io.siaran.model.template.TextCheck;
import io.siaran.model.template.Variables;
import io.siaran.rest.Caller;
import io.siaran.rest.PhoneField;
import io.siaran.rest.Problem;
import io.siaran.rest.Refusal;
import io.siaran.rest.Violation;
import io.siaran.rest.ViolationCode;
import io.siaran.rest.Warning;
import io.siaran.rest.WarningCode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /antispam/preview} of the REST contract. The same request at the same time gives the same copies. */
@Path("/api/v1/antispam/preview")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "preview", description = "Texts as they would be sent.")
@RunOnVirtualThread
class PreviewResource {

    /** The voice of a device with the standard settings. */
    private static final Voice USUAL =
            new Voice(AntiSpamProfile.FULL, ZoneId.of("Asia/Kuala_Lumpur"), List.of(), TextCheck.WABLAS_LONGEST);

    private static final String NOBODYS_PHONE = "60123456789";

    /** Beyond, some zone has no date for it. */
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private final ConnectedDevices devices;
    private final Providers providers;
    private final DeviceConfig config;
    private final Caller caller;
    private final Clock clock;

    PreviewResource(ConnectedDevices devices, Providers providers, DeviceConfig config, Caller caller, Clock clock) {
        this.devices = devices;
        this.providers = providers;
        this.config = config;
        this.caller = caller;
        this.clock = clock;
    }

    @POST
    @Extension(name = "x-idempotent", value = "true", parseValue = true)
    @RolesAllowed("viewer")
    @Operation(
            operationId = "previewText",
            summary = "Show a text as it would be sent, in a few copies",
            description = "The same request at the same time gives the same copies. Nothing is sent or kept.")
    @APIResponse(
            responseCode = "200",
            description = "the copies",
            content = @Content(schema = @Schema(implementation = Preview.class)))
    @APIResponse(
            responseCode = "404",
            description = "There is no such device of this user.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Preview preview(@NotNull @Valid PreviewRequest body) {
        TextCheck check = TextCheck.of(body.message(), MessageType.TEXT);
        check.refusal().ifPresent(reason -> {
            throw Refusal.invalid("message", reason, ViolationCode.TEMPLATE);
        });
        refuse(body.attributes());
        Voice voice = voice(body);
        Template template = Template.parse(body.message());
        return new Preview(variants(body, voice), template.variants(), template.longest(), warnings(template, voice));
    }

    private Voice voice(PreviewRequest body) {
        Voice own = body.deviceId() == null ? USUAL : voice(body.deviceId());
        return body.antiSpam() == null ? own : new Voice(body.antiSpam(), own.zone(), own.greetings(), own.longest());
    }

    private Voice voice(DeviceId device) {
        try {
            return devices.newestOf(caller.userId(), device)
                    .map(this::voice)
                    .orElseThrow(() -> Refusal.notFound("device", device));
        } catch (UnknownPlatform ofANewerVersion) {
            throw Refusal.conflict("this version does not know the device's platform");
        } catch (UnreadableDevice unreadable) {
            throw Refusal.conflict(UnreadableDevice.REASON);
        }
    }

    private Voice voice(ConnectedDevice device) {
        int longest = providers.of(device.platform()).longestText();
        return new Voice(device.antiSpam(), device.timeZone(), device.greetings(), longest);
    }

    private List<Preview.Variant> variants(PreviewRequest body, Voice voice) {
        Instant at = Objects.requireNonNullElse(body.at(), clock.instant());
        if (at.isBefore(Instant.EPOCH) || at.isAfter(LATEST)) {
            throw Refusal.invalid("at", "must be between the years 1970 and 9998", ViolationCode.OUT_OF_RANGE);
        }
        String phone = body.phone() == null
                ? NOBODYS_PHONE
                : PhoneField.parse("phone", body.phone(), config.defaultRegion())
                        .digits();
        Variables reader = new Variables(body.recipientName(), phone, body.niche(), body.attributes());
        return IntStream.range(0, body.variants())
                .mapToObj(number -> MessageId.random(Instant.EPOCH, new SplittableRandom(number)))
                .map(id -> AntiSpam.prepare(new Draft(id, body.message(), reader), voice, at))
                .map(Preview.Variant::of)
                .toList();
    }

    private static void refuse(Attributes attributes) {
        List<Violation> wrong = attributes.violations().entrySet().stream()
                .map(each -> new Violation(
                        each.getKey().isEmpty() ? "attributes" : "attributes." + each.getKey(), each.getValue()))
                .toList();
        if (!wrong.isEmpty()) {
            throw Refusal.invalid(wrong);
        }
    }

    private static List<Warning> warnings(Template template, Voice voice) {
        List<Warning> warnings = new ArrayList<>();
        if (template.longest() > voice.longest()) {
            warnings.add(new Warning(
                    WarningCode.TOO_LONG_FOR_PLATFORM,
                    "message",
                    "is up to " + template.longest() + " characters long; the platform takes at most "
                            + voice.longest()));
        }
        if (template.longest() + AntiSpam.longestGreeting(voice) > voice.longest()) {
            warnings.add(new Warning(
                    WarningCode.TEMPLATE,
                    "message",
                    "the longest texts leave no room for a greeting, and go out without one"));
        }
        return warnings;
    }
}
