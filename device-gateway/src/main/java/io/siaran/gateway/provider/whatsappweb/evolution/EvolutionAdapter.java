package io.siaran.gateway.provider.whatsappweb.evolution;

import io.siaran.gateway.device.CallbackHooks;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.device.Platform;
import io.siaran.gateway.device.ServerAddresses;
import io.siaran.gateway.provider.CallbackReading;
import io.siaran.gateway.provider.Capability;
import io.siaran.gateway.provider.ImageLimits;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sends through Evolution API. */
@Singleton
class EvolutionAdapter implements ProviderAdapter {

    /** Messages of a chat that a look-up reads, the newest first: what we sent to one person within a day fits. */
    private static final int LOOKED_AT = 100;

    private final PlatformClient<EvolutionApi> evolution;
    private final CallbackHooks hooks;

    EvolutionAdapter(ProviderConfig config, ServerAddresses addresses, CallbackHooks hooks) {
        this.hooks = hooks;
        this.evolution =
                PlatformClient.ofTenants(EvolutionApi.class, config, config.timeout(Platform.EVOLUTION), addresses);
    }

    @Override
    public Platform platform() {
        return Platform.EVOLUTION;
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
                Capability.CONNECTION_EVENTS);
    }

    @Override
    public ImageLimits images() {
        return ImageLimits.ofMebibytes(16, "image/jpeg", "image/png", "image/webp");
    }

    @Override
    public Duration longestCall() {
        return evolution.timeout();
    }

    @Override
    public SendOutcome send(ConnectedDevice device, OutgoingMessage message) {
        return evolution.send(device.baseUrl(), () -> request(device, message), EvolutionAnswer::outcome);
    }

    @Override
    public Health health(ConnectedDevice device) {
        return evolution.health(
                device.baseUrl(),
                () -> evolution.api().state(device.baseUrl(), key(device), device.session()),
                EvolutionAnswer::health);
    }

    @Override
    public Optional<Lookup> lookup() {
        return Optional.of((device, sought) -> evolution.ask(
                device.baseUrl(),
                () -> evolution
                        .api()
                        .messages(device.baseUrl(), key(device), device.session(), query(sought.recipient())),
                answer -> EvolutionAnswer.found(answer, sought),
                Lookup.Finding.CannotBeAsked::new));
    }

    private static Map<String, Object> query(PhoneNumber recipient) {
        Map<String, Object> key = Map.of("remoteJid", recipient.digits() + "@s.whatsapp.net", "fromMe", true);
        return Map.of("where", Map.of("key", key), "page", 1, "offset", LOOKED_AT);
    }

    @Override
    public Optional<NumberCheck> numberCheck() {
        return Optional.of((device, number) -> evolution.ask(
                device.baseUrl(),
                () -> evolution
                        .api()
                        .numbers(
                                device.baseUrl(),
                                key(device),
                                device.session(),
                                Map.of("numbers", List.of(number.digits()))),
                answer -> EvolutionAnswer.presence(answer, number),
                _ -> NumberCheck.Presence.CANNOT_BE_ASKED));
    }

    /** The call lasts as long as the typing is shown. */
    @Override
    public Optional<TypingPort> typing() {
        return Optional.of((device, recipient, time) -> evolution.ask(
                device.baseUrl(),
                () -> evolution
                        .api()
                        .sendPresence(
                                device.baseUrl(),
                                key(device),
                                device.session(),
                                Map.of(
                                        "number",
                                        recipient.digits(),
                                        "presence",
                                        "composing",
                                        "delay",
                                        time.toMillis())),
                answer -> answer,
                _ -> null));
    }

    @Override
    public Optional<LinkPort> linking() {
        return Optional.of(new EvolutionLinking(evolution, hooks));
    }

    @Override
    public Optional<CallbackReading> callbacks() {
        return Optional.of(new EvolutionCallbacks());
    }

    private Uni<Response> request(ConnectedDevice device, OutgoingMessage message) {
        String number = message.recipient().digits();
        return message.imageUrl()
                .map(image -> evolution
                        .api()
                        .sendMedia(device.baseUrl(), key(device), device.session(), media(number, image, message)))
                .orElseGet(() -> evolution
                        .api()
                        .sendText(
                                device.baseUrl(),
                                key(device),
                                device.session(),
                                Map.of("number", number, "text", message.text())));
    }

    private static Map<String, Object> media(String number, String image, OutgoingMessage message) {
        return Map.of(
                "number",
                number,
                "mediatype",
                "image",
                "mimetype",
                new MediaUrl(image).imageType(),
                "media",
                image,
                "caption",
                message.text());
    }

    private static String key(ConnectedDevice device) {
        return device.credential().secret();
    }
}
