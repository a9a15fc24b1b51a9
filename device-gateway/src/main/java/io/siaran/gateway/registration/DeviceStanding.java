package io.siaran.gateway.registration;

import io.siaran.gateway.device.Platform;
import io.siaran.model.DeviceStatus;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Whether a device can send, since when, why not, and what to do about it: a part of {@link DeviceView}. */
record DeviceStanding(
        @Schema(required = true, description = "Whether it can send; only an online device does.", example = "online")
        DeviceStatus status,

        @Schema(required = true, description = "Since when it has that status.", example = "2026-11-27T01:00:00Z")
        Instant statusSince,

        @Schema(
                required = true,
                nullable = true,
                description = "Why it is not online, in words; null when it is.",
                example = "device disconnected")
        String statusReason,

        @Schema(
                required = true,
                description =
                        "What is known of it, finer than its status: unchecked, disconnected, refused (its platform"
                                + " does not serve it) and restricted (it may write to nobody new for a time; who wrote to it"
                                + " lately is answered all the same) are all offline.",
                example = "online")
        DeviceCondition condition,

        @Schema(
                required = true,
                nullable = true,
                description =
                        "What its owner can do next, in words; null where nothing is needed: of every device that does"
                                + " not send, and of one whose server does not answer.",
                example = "connect its phone to the internet, or link it again: what waits goes out then")
        String advice,

        @Schema(
                required = true,
                nullable = true,
                description =
                        "Where a call was refused: before then it is not online again just because its platform says"
                                + " that it is connected. Another credential, connecting anew and resume come before it.",
                example = "2026-11-27T01:15:00Z")
        Instant heldUntil,

        @Schema(
                required = true,
                nullable = true,
                description =
                        "Since when its platform cannot be asked about it, three checks in a row at least; what it"
                                + " sends goes on. Null: its last checks were answered.",
                example = "2026-11-27T01:00:00Z")
        Instant unreachableSince,

        @Schema(
                required = true,
                nullable = true,
                description = "When its platform last said that it is connected.",
                example = "2026-11-27T01:00:00Z")
        Instant lastSeen) {

    static DeviceStanding of(Device device) {
        DeviceState state = device.state();
        boolean isOurOwn =
                Platform.find(device.platform).filter(Platform::isOurOwn).isPresent();
        return new DeviceStanding(
                state.status(),
                state.since(),
                state.reason(),
                state.condition(),
                Advice.of(state.condition(), device.unreachableSince != null, isOurOwn)
                        .orElse(null),
                state.heldUntil(),
                device.unreachableSince,
                device.lastSeen);
    }
}
