package io.siaran.gateway.registration;

import io.siaran.gateway.device.CallbackAddresses;
import io.siaran.gateway.device.CallbackConfig;
import io.siaran.gateway.device.CallbackSecrets;
import io.siaran.model.DeviceId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where a device's platform has to call. Whoever knows it can speak for the platform, so it is for operators only. */
@Schema(description = "Where a device's platform has to call. Whoever knows it can speak for the platform.")
record CallbackView(
        @Schema(
                required = true,
                description = "The address to enter at the platform, secret included.",
                example =
                        "https://siaran.example.com/api/v1/callbacks/wablas/01936f2e-0000-7000-8000-0000000000d1/1.c2VjcmV0")
        String callbackUrl,

        @Schema(
                required = true,
                description = "What the platform has to sign with, where it signs (gowa, WAHA).",
                example = "c2VjcmV0")
        String signingSecret,

        @Schema(
                required = true,
                nullable = true,
                description =
                        "Until when the address and the signing secret before these hold as well; null where there are none.",
                example = "2026-12-04T01:00:00Z")
        Instant previousUntil) {

    /** Makes them. */
    @ApplicationScoped
    static class Views {

        private final CallbackAddresses addresses;
        private final CallbackSecrets secrets;
        private final CallbackConfig config;

        Views(CallbackAddresses addresses, CallbackSecrets secrets, CallbackConfig config) {
            this.addresses = addresses;
            this.secrets = secrets;
            this.config = config;
        }

        CallbackView of(Device device) {
            return of(new DeviceId(device.id), given(device));
        }

        CallbackView of(DeviceId id, RotateCallback.Given given) {
            return new CallbackView(
                    addresses.of(id, given.platform(), given.generation()),
                    secrets.ofSignature(id, given.generation()),
                    given.previousUntil());
        }

        /** The address that the device has now. */
        RotateCallback.Given given(Device device) {
            return new RotateCallback.Given(
                    device.platform,
                    device.callbackGeneration,
                    device.callbackRotatedAt == null ? null : device.callbackRotatedAt.plus(config.overlap()));
        }
    }

    /** Never with the secrets: this may be logged. */
    @Override
    public String toString() {
        return "CallbackView[…]";
    }
}
