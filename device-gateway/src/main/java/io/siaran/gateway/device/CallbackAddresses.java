package io.siaran.gateway.device;

import io.siaran.model.DeviceId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The addresses at which platforms call us back. */
@ApplicationScoped
public class CallbackAddresses implements CallbackHooks {

    private static final String PATH = "/api/v1/callbacks/";

    private final CallbackSecrets secrets;
    private final String base;

    CallbackAddresses(CallbackSecrets secrets, CallbackConfig config) {
        this.secrets = secrets;
        this.base = config.publicUrl().map(url -> url.replaceAll("/+$", "")).orElse("");
    }

    /** Where a device's platform has to call; whoever knows it can speak for the platform. */
    public String of(DeviceId device, String platform, int generation) {
        return base + PATH + platform + "/" + device + "/" + secrets.ofAddress(platform, device, generation);
    }

    @Override
    public Optional<Hook> of(ConnectedDevice device) {
        return base.isEmpty()
                ? Optional.empty()
                : Optional.of(new Hook(
                        of(device.id(), device.platform().wire(), device.callbackGeneration()),
                        secrets.ofSignature(device.id(), device.callbackGeneration())));
    }
}
