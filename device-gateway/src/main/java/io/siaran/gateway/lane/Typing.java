package io.siaran.gateway.lane;

import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.ConnectedDevices;
import io.siaran.gateway.provider.ProviderAdapter;
import io.siaran.gateway.provider.Providers;
import io.siaran.model.DeviceId;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Send;
import io.siaran.model.Text;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Shows a contact that somebody types, at the end of the pause before a message: it takes nothing but time that passes
 * anyway. Where the platform cannot, the device is not asked to, or there is hardly a pause, nothing is shown.
 */
final class Typing {

    private static final Logger LOG = Logger.getLogger(Typing.class);

    /** About seven characters a second: somebody who types on a phone and knows what to write. */
    private static final Duration A_CHARACTER = Duration.ofMillis(150);

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private final Function<DeviceId, Optional<ConnectedDevice>> devices;
    private final Function<ConnectedDevice, ProviderAdapter> adapters;
    private final LaneThreads threads;

    Typing(ConnectedDevices devices, Providers providers, LaneThreads threads) {
        this(devices::remembered, device -> providers.of(device.platform()), threads);
    }

    Typing(
            Function<DeviceId, Optional<ConnectedDevice>> devices,
            Function<ConnectedDevice, ProviderAdapter> adapters,
            LaneThreads threads) {
        this.devices = devices;
        this.adapters = adapters;
        this.threads = threads;
    }

    /** How long a text takes to type, within the wait before it. Pure. */
    static Duration time(String text, Duration wait) {
        Duration time = A_CHARACTER.multipliedBy(Text.length(text));
        Duration shown = time.compareTo(SHORTEST) < 0 ? SHORTEST : time.compareTo(LONGEST) > 0 ? LONGEST : time;
        return shown.compareTo(wait) < 0 ? shown : wait;
    }

    /** Shows it so that it ends with the wait; cancelled where the wait is. Never waits itself. */
    LaneThreads.Timer during(Duration wait, Send send) {
        Optional<ConnectedDevice> device = devices.apply(send.deviceId()).filter(this::types);
        if (device.isEmpty() || wait.compareTo(SHORTEST) < 0) {
            return LaneThreads.Timer.NONE;
        }
        Duration time = time(send.message(), wait);
        return threads.after(
                wait.minus(time), () -> threads.run(() -> show(device.get(), send.recipientPhone(), time)));
    }

    private boolean types(ConnectedDevice device) {
        return device.typing() && adapters.apply(device).typing().isPresent();
    }

    private void show(ConnectedDevice device, PhoneNumber recipient, Duration time) {
        try {
            adapters.apply(device).typing().ifPresent(port -> port.show(device, recipient, time));
        } catch (RuntimeException bug) {
            // An ornament: the message goes out without it.
            LOG.warnf("typing was not shown device=%s: %s", device.id(), bug.toString());
        }
    }
}
