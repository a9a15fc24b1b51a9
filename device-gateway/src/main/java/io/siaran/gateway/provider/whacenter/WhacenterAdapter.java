package io.siaran.gateway.provider.whacenter;

import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.device.Platform;
import io.siaran.gateway.device.ServerAddresses;
import io.siaran.gateway.provider.CallbackReading;
import io.siaran.gateway.provider.Capability;
import io.siaran.gateway.provider.ImageLimits;
import io.siaran.gateway.provider.OutgoingMessage;
import io.siaran.gateway.provider.PlatformClient;
import io.siaran.gateway.provider.ProviderAdapter;
import io.siaran.gateway.provider.ProviderConfig;
import io.siaran.gateway.provider.SendOutcome;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Sends through Whacenter. */
@Singleton
class WhacenterAdapter implements ProviderAdapter {

    private static final String USUAL_SERVER = "https://api.whacenter.com";

    private final PlatformClient<WhacenterApi> whacenter;

    WhacenterAdapter(ProviderConfig config, ServerAddresses addresses) {
        this.whacenter =
                PlatformClient.ofTenants(WhacenterApi.class, config, config.timeout(Platform.WHACENTER), addresses);
    }

    @Override
    public Platform platform() {
        return Platform.WHACENTER;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.INBOUND);
    }

    @Override
    public Optional<String> usualServer() {
        return Optional.of(USUAL_SERVER);
    }

    /** It names none; this is WhatsApp's. */
    @Override
    public ImageLimits images() {
        return ImageLimits.ofMebibytes(5, "image/jpeg", "image/png");
    }

    @Override
    public Duration longestCall() {
        return whacenter.timeout();
    }

    @Override
    public SendOutcome send(ConnectedDevice device, OutgoingMessage message) {
        return whacenter.send(device.baseUrl(), () -> request(device, message), WhacenterAnswer::outcome);
    }

    @Override
    public Health health(ConnectedDevice device) {
        return whacenter.health(
                device.baseUrl(),
                () -> whacenter
                        .api()
                        .status(device.baseUrl(), device.credential().secret()),
                WhacenterAnswer::health);
    }

    @Override
    public Optional<CallbackReading> callbacks() {
        return Optional.of(new WhacenterCallbacks());
    }

    private Uni<Response> request(ConnectedDevice device, OutgoingMessage message) {
        WhacenterApi api = whacenter.api();
        String id = device.credential().secret();
        String number = message.recipient().digits();
        return message.imageUrl()
                .map(image -> api.sendImage(device.baseUrl(), id, number, message.text(), image))
                .orElseGet(() -> api.sendText(device.baseUrl(), id, number, message.text()));
    }
}
