package io.siaran.gateway.provider.whatsappweb.waha;

import io.siaran.gateway.device.CallbackHooks;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.device.Platform;
import io.siaran.gateway.device.ServerAddresses;
import io.siaran.gateway.provider.CallbackReading;
import io.siaran.gateway.provider.Capability;
import io.siaran.gateway.provider.ImageLimits;
import io.siaran.gateway.provider.LidLookup;
import io.siaran.gateway.provider.LinkPort;
import io.siaran.gateway.provider.Lookup;
import io.siaran.gateway.provider.MediaUrl;
import io.siaran.gateway.provider.NumberCheck;
import io.siaran.gateway.provider.OutgoingMessage;
import io.siaran.gateway.provider.PlatformClient;
import io.siaran.gateway.provider.ProviderAdapter;
import io.siaran.gateway.provider.ProviderConfig;
import io.siaran.gateway.provider.SendOutcome;
import io.siaran.gateway.provider.TypingPort;
import io.siaran.model.PhoneNumber;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sends through WAHA. */
@Singleton
class WahaAdapter implements ProviderAdapter {

    /** Messages of a chat that a look-up reads: what we sent to one person within a day fits. */
    private static final String LOOKED_AT = "100";

    private final PlatformClient<WahaApi> waha;
    private final CallbackHooks hooks;

    WahaAdapter(ProviderConfig config, ServerAddresses addresses, CallbackHooks hooks) {
        this.hooks = hooks;
        this.waha = PlatformClient.ofTenants(WahaApi.class, config, config.timeout(Platform.WAHA), addresses);
    }

    @Override
    public Platform platform() {
        return Platform.WAHA;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.LOOKUP,
                Capability.NUMBER_CHECK,
                Capability.TYPING,
                Capability.RECEIPTS,
                Capability.INBOUND,
                Capability.QR,
                Capability.PAIRING_CODE,
                Capability.CONNECTION_EVENTS,
                Capability.SIGNED_WEBHOOKS);
    }

    @Override
    public ImageLimits images() {
        return ImageLimits.ofMebibytes(16, "image/jpeg", "image/png", "image/webp");
    }

    @Override
    public Duration longestCall() {
        return waha.timeout();
    }

    @Override
    public SendOutcome send(ConnectedDevice device, OutgoingMessage message) {
        return waha.send(device.baseUrl(), () -> request(device, message), WahaAnswer::outcome);
    }

    @Override
    public Health health(ConnectedDevice device) {
        return waha.health(
                device.baseUrl(),
                () -> waha.api().session(device.baseUrl(), key(device), device.session()),
                WahaAnswer::health);
    }

    @Override
    public Optional<Lookup> lookup() {
        return Optional.of((device, sought) -> waha.ask(
                device.baseUrl(),
                () -> waha.api()
                        .messages(
                                device.baseUrl(),
                                key(device),
                                device.session(),
                                chat(sought.recipient()),
                                LOOKED_AT,
                                "false",
                                Long.toString(sought.began().getEpochSecond()),
                                "true"),
                answer -> WahaAnswer.found(answer, sought),
                Lookup.Finding.CannotBeAsked::new));
    }

    @Override
    public Optional<NumberCheck> numberCheck() {
        return Optional.of((device, number) -> waha.ask(
                device.baseUrl(),
                () -> waha.api().check(device.baseUrl(), key(device), number.digits(), device.session()),
                WahaAnswer::presence,
                _ -> NumberCheck.Presence.CANNOT_BE_ASKED));
    }

    @Override
    public Optional<TypingPort> typing() {
        return Optional.of((device, recipient, _) -> waha.ask(
                device.baseUrl(),
                () -> waha.api()
                        .startTyping(
                                device.baseUrl(),
                                key(device),
                                Map.of("session", device.session(), "chatId", chat(recipient))),
                answer -> answer,
                _ -> null));
    }

    @Override
    public Optional<LidLookup> lids() {
        return Optional.of((device, lid) -> waha.ask(
                device.baseUrl(),
                () -> waha.api().lid(device.baseUrl(), key(device), device.session(), lid),
                WahaAnswer::phone,
                _ -> Optional.<PhoneNumber>empty()));
    }

    @Override
    public Optional<LinkPort> linking() {
        return Optional.of(new WahaLinking(waha, hooks));
    }

    @Override
    public Optional<CallbackReading> callbacks() {
        return Optional.of(new WahaCallbacks());
    }

    private Uni<Response> request(ConnectedDevice device, OutgoingMessage message) {
        String chat = chat(message.recipient());
        return message.imageUrl()
                .map(image -> waha.api()
                        .sendImage(
                                device.baseUrl(),
                                key(device),
                                Map.of(
                                        "session", device.session(),
                                        "chatId", chat,
                                        "file", file(image),
                                        "caption", message.text())))
                .orElseGet(() -> waha.api()
                        .sendText(
                                device.baseUrl(),
                                key(device),
                                Map.of("session", device.session(), "chatId", chat, "text", message.text())));
    }

    private static Map<String, Object> file(String image) {
        MediaUrl url = new MediaUrl(image);
        return Map.of("mimetype", url.imageType(), "filename", url.fileName(), "url", image);
    }

    private static String chat(PhoneNumber number) {
        return number.digits() + "@c.us";
    }

    private static String key(ConnectedDevice device) {
        return device.credential().secret();
    }
}
