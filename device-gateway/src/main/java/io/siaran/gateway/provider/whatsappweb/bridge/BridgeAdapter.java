package io.siaran.gateway.provider.whatsappweb.bridge;

import io.quarkus.runtime.configuration.MemorySize;
import io.siaran.gateway.device.CallbackSecrets;
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
import io.siaran.gateway.provider.NumberCheck;
import io.siaran.gateway.provider.OutgoingMessage;
import io.siaran.gateway.provider.ProviderAdapter;
import io.siaran.gateway.provider.ProviderConfig;
import io.siaran.gateway.provider.SendOutcome;
import io.siaran.gateway.provider.TypingPort;
import io.siaran.gateway.provider.whatsappweb.bridge.ImageBudget.Place;
import io.siaran.model.Limits;
import io.siaran.model.PhoneNumber;
import io.siaran.rest.ImageDownload;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sends through the bridge of this installation. */
@Singleton
class BridgeAdapter implements ProviderAdapter {

    private static final SendOutcome NO_ROOM =
            new SendOutcome.Uncalled(new SendOutcome.NotSent("too many images are under way"));

    private final BridgeSessions sessions;
    private final ImageDownload download;
    private final BridgeImages images;
    private final ImageBudget budget;

    BridgeAdapter(
            ProviderConfig calls,
            BridgeConfig config,
            ServerAddresses addresses,
            CallbackSecrets secrets,
            Vertx vertx) {
        this.sessions = new BridgeSessions(calls, config, new BridgeNews(secrets));
        // As many as there may be sends: what bounds them is the memory that they take.
        this.download = new ImageDownload(vertx, config.imageTimeout(), calls.maxConnections());
        this.images = new BridgeImages(download, addresses::address, addresses::isInside, config.imageTimeout());
        this.budget = new ImageBudget(config.imageMemory()
                .map(MemorySize::asLongValue)
                .orElse(Runtime.getRuntime().maxMemory() / 4));
    }

    @PreDestroy
    void close() {
        download.close();
    }

    @Override
    public Platform platform() {
        return Platform.BRIDGE;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.CLIENT_MESSAGE_ID,
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

    /** The installation's, whatever a device says. */
    @Override
    public Optional<String> usualServer() {
        return Optional.of(OWN_SERVER);
    }

    @Override
    public boolean isThere() {
        return sessions.isThere();
    }

    @Override
    public int longestText() {
        return Limits.TEXT;
    }

    @Override
    public ImageLimits images() {
        return new ImageLimits(BridgeImages.LARGEST, Set.of("image/jpeg", "image/png"));
    }

    @Override
    public Duration longestCall() {
        return sessions.timeout();
    }

    @Override
    public SendOutcome send(ConnectedDevice device, OutgoingMessage message) {
        long begun = System.nanoTime();
        Map<String, Object> body = new HashMap<>();
        body.put("phone", message.recipient().digits());
        body.put("text", message.text());
        // Whoever sends it again knows that it ended; what WhatsApp refused nobody got.
        body.put("even_rejected", true);
        if (message.imageUrl().isEmpty()) {
            return sessions.send(device, message.id(), body, begun);
        }
        Optional<Place> room = budget.place(message.user());
        if (room.isEmpty()) {
            return NO_ROOM;
        }
        try (Place place = room.get()) {
            return sendImage(device, message, body, place, begun);
        }
    }

    private SendOutcome sendImage(
            ConnectedDevice device, OutgoingMessage message, Map<String, Object> body, Place place, long begun) {
        return switch (images.fetch(message.imageUrl().orElseThrow(), place)) {
            case BridgeImages.Fetched.Image image -> {
                body.put("image", image.body());
                yield sessions.send(device, message.id(), body, begun);
            }
            case BridgeImages.Fetched.Useless useless ->
                new SendOutcome.Uncalled(new SendOutcome.MessageRejected(useless.why()));
            case BridgeImages.Fetched.NotNow later ->
                new SendOutcome.Uncalled(new SendOutcome.MediaUnavailable(later.why()));
            case BridgeImages.Fetched.NoRoom _ -> NO_ROOM;
        };
    }

    @Override
    public Health health(ConnectedDevice device) {
        return sessions.health(device);
    }

    @Override
    public Optional<Lookup> lookup() {
        return Optional.of((device, sought) -> sessions.ask(
                device,
                (api, server, token, session) ->
                        api.lookUp(server, token, session, sought.id().toString()),
                BridgeAnswer::finding,
                Lookup.Finding.CannotBeAsked::new));
    }

    @Override
    public Optional<NumberCheck> numberCheck() {
        return Optional.of((device, number) -> sessions.ask(
                device,
                (api, server, token, session) -> api.check(server, token, session, number.digits()),
                BridgeAnswer::presence,
                _ -> NumberCheck.Presence.CANNOT_BE_ASKED));
    }

    @Override
    public Optional<TypingPort> typing() {
        return Optional.of((device, recipient, _) -> sessions.ask(
                device,
                (api, server, token, session) ->
                        api.typing(server, token, session, Map.of("phone", recipient.digits())),
                answer -> answer,
                _ -> null));
    }

    @Override
    public Optional<LidLookup> lids() {
        return Optional.of((device, lid) -> sessions.ask(
                device,
                (api, server, token, session) -> api.phoneOfLid(server, token, session, lid),
                BridgeAnswer::phone,
                _ -> Optional.<PhoneNumber>empty()));
    }

    @Override
    public Optional<LinkPort> linking() {
        return Optional.of(new BridgeLinking(sessions));
    }

    @Override
    public Optional<CallbackReading> callbacks() {
        return Optional.of(new BridgeCallbacks());
    }

    /** What stands as the server of a device of ours; never called. */
    private static final String OWN_SERVER = "https://bridge.invalid";
}
