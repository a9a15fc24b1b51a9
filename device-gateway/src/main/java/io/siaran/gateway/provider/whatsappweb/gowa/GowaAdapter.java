package io.siaran.gateway.provider.whatsappweb.gowa;

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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sends through gowa. */
@Singleton
class GowaAdapter implements ProviderAdapter {

    /** Messages of a chat that a look-up reads: what we sent to one person within a day fits. */
    private static final String LOOKED_AT = "100";

    private final PlatformClient<GowaApi> gowa;
    private final CallbackHooks hooks;

    GowaAdapter(ProviderConfig config, ServerAddresses addresses, CallbackHooks hooks) {
        this.hooks = hooks;
        this.gowa = PlatformClient.ofTenants(GowaApi.class, config, config.timeout(Platform.GOWA), addresses);
    }

    @Override
    public Platform platform() {
        return Platform.GOWA;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.LOOKUP,
                Capability.NUMBER_CHECK,
                Capability.TYPING,
                Capability.RECEIPTS,
                Capability.INBOUND,
                Capability.PAIRING_CODE,
                Capability.SIGNED_WEBHOOKS);
    }

    @Override
    public ImageLimits images() {
        return ImageLimits.ofMebibytes(20, "image/jpeg", "image/png", "image/webp");
    }

    @Override
    public Duration longestCall() {
        return gowa.timeout();
    }

    @Override
    public SendOutcome send(ConnectedDevice device, OutgoingMessage message) {
        return gowa.send(device.baseUrl(), () -> request(device, message), GowaAnswer::outcome);
    }

    @Override
    public Health health(ConnectedDevice device) {
        return gowa.health(
                device.baseUrl(),
                () -> gowa.api().status(device.baseUrl(), user(device), device.session(), device.session()),
                GowaAnswer::health);
    }

    @Override
    public Optional<Lookup> lookup() {
        return Optional.of((device, sought) -> gowa.ask(
                device.baseUrl(),
                () -> gowa.api()
                        .messages(
                                device.baseUrl(),
                                user(device),
                                device.session(),
                                jid(sought.recipient()),
                                "true",
                                sought.began().toString(),
                                LOOKED_AT),
                answer -> GowaAnswer.found(answer, sought),
                Lookup.Finding.CannotBeAsked::new));
    }

    @Override
    public Optional<NumberCheck> numberCheck() {
        return Optional.of((device, number) -> gowa.ask(
                device.baseUrl(),
                () -> gowa.api().check(device.baseUrl(), user(device), device.session(), number.digits()),
                GowaAnswer::presence,
                _ -> NumberCheck.Presence.CANNOT_BE_ASKED));
    }

    @Override
    public Optional<TypingPort> typing() {
        return Optional.of((device, recipient, _) -> gowa.ask(
                device.baseUrl(),
                () -> gowa.api()
                        .chatPresence(
                                device.baseUrl(),
                                user(device),
                                device.session(),
                                Map.of("phone", jid(recipient), "action", "start")),
                answer -> answer,
                _ -> null));
    }

    @Override
    public Optional<LinkPort> linking() {
        return Optional.of(new GowaLinking(gowa, hooks));
    }

    @Override
    public Optional<CallbackReading> callbacks() {
        return Optional.of(new GowaCallbacks());
    }

    private Uni<Response> request(ConnectedDevice device, OutgoingMessage message) {
        String phone = jid(message.recipient());
        return message.imageUrl()
                .map(image -> gowa.api()
                        .sendImage(device.baseUrl(), user(device), device.session(), phone, message.text(), image))
                .orElseGet(() -> gowa.api()
                        .sendMessage(
                                device.baseUrl(),
                                user(device),
                                device.session(),
                                Map.of("phone", phone, "message", message.text())));
    }

    private static String jid(PhoneNumber number) {
        return number.digits() + "@s.whatsapp.net";
    }

    /** What it wants in the header, of a user and a password. */
    static String user(ConnectedDevice device) {
        byte[] userAndPassword = device.credential().secret().getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword);
    }
}
