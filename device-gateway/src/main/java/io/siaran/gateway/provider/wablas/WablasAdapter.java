package io.siaran.gateway.provider.wablas;

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

/** Sends through Wablas. */
@Singleton
class WablasAdapter implements ProviderAdapter {

    private static final int LONGEST_TEXT = 1_024;
    private static final String USUAL_SERVER = "https://my.wablas.com";

    private final PlatformClient<WablasApi> wablas;

    WablasAdapter(ProviderConfig config, ServerAddresses addresses) {
        this.wablas = PlatformClient.ofTenants(WablasApi.class, config, config.timeout(Platform.WABLAS), addresses);
    }

    @Override
    public Platform platform() {
        return Platform.WABLAS;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.CLIENT_MESSAGE_ID, Capability.RECEIPTS, Capability.INBOUND, Capability.CONNECTION_EVENTS);
    }

    @Override
    public Optional<String> usualServer() {
        return Optional.of(USUAL_SERVER);
    }

    @Override
    public int longestText() {
        return LONGEST_TEXT;
    }

    @Override
    public ImageLimits images() {
        return ImageLimits.ofMebibytes(2, "image/jpeg", "image/png");
    }

    @Override
    public Duration longestCall() {
        return wablas.timeout();
    }

    @Override
    public SendOutcome send(ConnectedDevice device, OutgoingMessage message) {
        return wablas.send(device.baseUrl(), () -> request(device, message), WablasAnswer::outcome);
    }

    @Override
    public Health health(ConnectedDevice device) {
        return wablas.health(
                device.baseUrl(),
                () -> wablas.api()
                        .deviceInfo(device.baseUrl(), device.credential().secret()),
                WablasAnswer::health);
    }

    @Override
    public Optional<CallbackReading> callbacks() {
        return Optional.of(new WablasCallbacks());
    }

    private Uni<Response> request(ConnectedDevice device, OutgoingMessage message) {
        WablasApi api = wablas.api();
        String credential = device.credential().secret();
        String phone = message.recipient().digits();
        String id = message.id().toString();
        return message.imageUrl()
                .map(image -> api.sendImage(device.baseUrl(), credential, phone, image, message.text(), id))
                .orElseGet(() -> api.sendMessage(device.baseUrl(), credential, phone, message.text(), id));
    }
}
