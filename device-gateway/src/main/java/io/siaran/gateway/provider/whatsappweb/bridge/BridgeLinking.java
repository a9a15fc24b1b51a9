package io.siaran.gateway.provider.whatsappweb.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.provider.LinkPort;
import io.siaran.gateway.provider.PlatformAnswer;
import io.siaran.model.PhoneNumber;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Links phones through the bridge. */
final class BridgeLinking implements LinkPort {

    private final BridgeSessions sessions;

    BridgeLinking(BridgeSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Standing begin(ConnectedDevice device) {
        return sessions.open(device, BridgeLinking::standing, BridgeLinking::away);
    }

    @Override
    public Standing standing(ConnectedDevice device) {
        return sessions.ask(device, BridgeApi::state, BridgeLinking::standing, BridgeLinking::away);
    }

    @Override
    public Optional<String> pairingCode(ConnectedDevice device, PhoneNumber phone) {
        return sessions.ask(
                device,
                (api, server, token, session) ->
                        api.pairingCode(server, token, session, Map.of("phone", phone.digits())),
                answer -> BridgeAnswer.text(answer.json().path("code")),
                _ -> Optional.empty());
    }

    @Override
    public boolean unlink(ConnectedDevice device) {
        return sessions.ask(device, BridgeApi::erase, PlatformAnswer::isSuccess, _ -> false);
    }

    private static Standing standing(PlatformAnswer answer) {
        JsonNode body = answer.json();
        return new Standing(
                BridgeAnswer.health(answer),
                BridgeAnswer.isLive(answer),
                BridgeAnswer.text(body.path("qr")),
                BridgeAnswer.text(body.at("/me/phone")));
    }

    private static Standing away(String why) {
        return new Standing(new Health.CannotBeAsked(why, Duration.ZERO), false, Optional.empty(), Optional.empty());
    }
}
