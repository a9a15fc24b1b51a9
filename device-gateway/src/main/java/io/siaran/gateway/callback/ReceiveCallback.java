package io.siaran.gateway.callback;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.siaran.gateway.callback.CallbackMetrics.Fate;
import io.siaran.gateway.device.CallbackSecrets;
import io.siaran.gateway.device.Platform;
import io.siaran.gateway.journal.SqlRefusal;
import io.siaran.gateway.provider.CallbackEvent;
import io.siaran.gateway.provider.CallbackReading;
import io.siaran.gateway.provider.CallbackReading.Parsed;
import io.siaran.gateway.provider.CallbackReading.UnreadableCallback;
import io.siaran.gateway.provider.CallbackReading.Verification;
import io.siaran.gateway.provider.Providers;
import io.siaran.model.DeviceId;
import io.siaran.rest.Refusal;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/** Takes a callback in: known to be the platform's, within its rate, read, and stored before it is answered. */
@ApplicationScoped
class ReceiveCallback {

    private static final Logger LOG = Logger.getLogger(ReceiveCallback.class);
    private static final Duration LATER = Duration.ofSeconds(2);

    private final Providers providers;
    private final CallbackSecrets secrets;
    private final CalledDevices devices;
    private final CallbackRates rates;
    private final StoreCallbacks store;
    private final CallbackMetrics metrics;
    private final Clock clock;

    ReceiveCallback(
            Providers providers,
            CallbackSecrets secrets,
            CalledDevices devices,
            CallbackRates rates,
            StoreCallbacks store,
            CallbackMetrics metrics,
            Clock clock) {
        this.providers = providers;
        this.secrets = secrets;
        this.devices = devices;
        this.rates = rates;
        this.store = store;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * What stands in the path, as it was asked.
     *
     * @param platform in lower case; WhatsApp Web by its engine
     */
    record Address(String platform, String device, String secret) {

        /** Never with the secret. */
        @Override
        public String toString() {
            return "Address[" + platform + "]";
        }
    }

    /**
     * Answers how many events the callback told that we follow. Waits until they are stored.
     *
     * @throws Refusal a 404 for whatever is wrong with address or signature, the same for all; a 400 for a body that is no
     *     callback of the platform; a 429 for one too many
     */
    int receive(Address address, UnaryOperator<String> header, byte[] body) {
        Platform platform = Platform.find(address.platform()).orElseThrow(this::nobody);
        CallbackReading reading = reading(platform).orElseThrow(this::nobody);
        DeviceId device = device(address.device()).orElseThrow(() -> refused(platform));
        int generation =
                secrets.generation(address.platform(), device, address.secret()).orElseThrow(() -> refused(platform));
        CallbackAddress known = new CallbackAddress(device, generation);
        if (devices.hasEnded(known)
                || !isSigned(reading.verification(), secrets.ofSignature(device, generation), header, body)) {
            throw refused(platform);
        }
        Parsed told = read(platform, reading, body);
        if (!isWithinRate(known, told.events())) {
            metrics.count(platform, Fate.LIMITED);
            throw Refusal.tooMany("this device's platform calls too often", LATER);
        }
        metrics.countPassedOver(platform, told.passedOver());
        List<InboxEvent> events = InboxEvent.of(told.events(), clock.instant());
        store(new Incoming(device, platform, generation, events));
        return events.size();
    }

    private boolean isWithinRate(CallbackAddress address, List<CallbackEvent> told) {
        long now = System.nanoTime();
        return rates.allows(address, told.size(), now)
                || (told.stream().anyMatch(CallbackEvent.Inbound.class::isInstance)
                        && rates.allowsReply(address, told.size(), now));
    }

    private Optional<CallbackReading> reading(Platform platform) {
        return providers.platforms().contains(platform) ? providers.of(platform).callbacks() : Optional.empty();
    }

    private static Optional<DeviceId> device(String text) {
        try {
            DeviceId device = DeviceId.of(text);
            return device.toString().equals(text) ? Optional.of(device) : Optional.empty();
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }

    private static boolean isSigned(
            Verification verification, String secret, UnaryOperator<String> header, byte[] body) {
        return switch (verification) {
            case Verification.SecretPath() -> true;
            case Verification.Signature form -> CallbackSignature.isRight(form, secret, header, body);
        };
    }

    private Parsed read(Platform platform, CallbackReading reading, byte[] body) {
        try {
            return reading.read(new String(body, UTF_8));
        } catch (UnreadableCallback unreadable) {
            metrics.count(platform, Fate.UNREADABLE);
            throw Refusal.invalid("body", unreadable.getMessage());
        } catch (RuntimeException bug) {
            LOG.errorf(bug, "a callback of %s could not be read", platform.wire());
            metrics.count(platform, Fate.UNREADABLE);
            throw Refusal.invalid("body", "cannot be read");
        }
    }

    private void store(Incoming incoming) {
        Platform platform = incoming.platform();
        switch (stored(incoming)) {
            case KEPT -> metrics.count(platform, incoming.events().isEmpty() ? Fate.EMPTY : Fate.STORED);
            case DEVICE_DELETED -> metrics.count(platform, Fate.DEVICE_DELETED);
            case NO_SUCH_ADDRESS -> throw refused(platform);
        }
    }

    private StoreCallbacks.Stored stored(Incoming incoming) {
        try {
            return store.store(incoming);
        } catch (RuntimeException failure) {
            refuseWhatIsTheDatasFault(incoming, failure);
            // Told here: whoever tells it later also tells the path, and in it the secret.
            LOG.warnf(failure, "a callback could not be stored device=%s", incoming.device());
            throw Refusal.unavailable("it cannot be stored just now", LATER);
        }
    }

    /** What the database refuses it would refuse again; telling the platform to try later would go on for ever. */
    private void refuseWhatIsTheDatasFault(Incoming incoming, RuntimeException failure) {
        if (failure instanceof PgException refused && SqlRefusal.isOfTheData(refused)) {
            LOG.errorf(failure, "the database refuses a callback device=%s", incoming.device());
            metrics.count(incoming.platform(), Fate.UNREADABLE);
            throw Refusal.invalid("body", "cannot be stored");
        }
    }

    private Refusal refused(Platform platform) {
        metrics.count(platform, Fate.REFUSED);
        return nobody();
    }

    /** Says nothing of what was wrong, nor whether there is such a device. */
    private Refusal nobody() {
        return Refusal.notFound("callback address", "of this kind");
    }
}
