package io.siaran.dispatch.fleet;

import io.siaran.model.DeviceId;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How much each device of a user has to do. */
@Schema(name = "OpenMessages")
record OpenMessages(
        @Schema(description = "every device with something to do, in order of their ids")
        List<OnDevice> devices) {

    @Schema(name = "OpenMessagesOfDevice")
    record OnDevice(
            @Schema(
                    implementation = String.class,
                    format = "uuid",
                    description = "the device",
                    example = "01936f2e-0000-7000-8000-0000000000d1")
            DeviceId deviceId,

            @Schema(
                    description =
                            "messages that wait, those of paused plans among them, and those on their way to the platform; up to a"
                                    + " second old",
                    example = "124")
            long messages) {}
}
