package io.siaran.gateway.linking;

import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.ConnectedDevices;
import io.siaran.gateway.device.LinkSecrets;
import io.siaran.gateway.device.UnknownPlatform;
import io.siaran.gateway.device.UnreadableDevice;
import io.siaran.gateway.provider.LinkPort;
import io.siaran.gateway.provider.Providers;
import io.siaran.model.DeviceId;
import io.siaran.model.UserId;
import io.siaran.rest.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/** Which devices somebody may link. For virtual threads. */
@ApplicationScoped
class LinkableDevices {

    private final ConnectedDevices devices;
    private final Providers providers;
    private final LinkSecrets secrets;
    private final Clock clock;

    LinkableDevices(ConnectedDevices devices, Providers providers, LinkSecrets secrets, Clock clock) {
        this.devices = devices;
        this.providers = providers;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** A device that may be linked, and how. */
    record Linkable(ConnectedDevice device, LinkPort port) {}

    /** @throws Refusal a 404 where the user has no such device, a 409 where its platform links phones by itself */
    Linkable of(UserId user, DeviceId id) {
        return linkable(id, () -> devices.newestOf(user, id));
    }

    /** The same for a person with the page. @throws Refusal a 404 where the secret does not hold, or not any more */
    Linkable of(DeviceId id, String secret) {
        if (!secrets.holds(id, secret, clock.instant())) {
            throw Refusal.notFound("link page", "of this address, or not any more");
        }
        return linkable(id, () -> devices.newest(id));
    }

    private Linkable linkable(DeviceId id, Supplier<Optional<ConnectedDevice>> find) {
        try {
            ConnectedDevice device = find.get().orElseThrow(() -> Refusal.notFound("device", id));
            providers.forbidden(device).ifPresent(why -> {
                throw Refusal.conflict(why);
            });
            return providers
                    .of(device.platform())
                    .linking()
                    .map(port -> new Linkable(device, port))
                    .orElseThrow(() -> Refusal.conflict("its phone is linked at its platform, not here"));
        } catch (UnknownPlatform ofANewerVersion) {
            throw Refusal.conflict("this version does not know the device's platform");
        } catch (UnreadableDevice unreadable) {
            throw Refusal.conflict(UnreadableDevice.REASON);
        }
    }
}
