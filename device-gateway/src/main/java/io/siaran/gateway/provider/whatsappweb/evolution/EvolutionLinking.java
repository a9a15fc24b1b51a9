package io.siaran.gateway.provider.whatsappweb.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.provider.CallbackJson;
import io.siaran.gateway.provider.LinkPort;
import io.siaran.gateway.provider.PlatformAnswer;
import io.siaran.gateway.provider.PlatformClient;
import io.siaran.model.PhoneNumber;
import java.util.Map;
import java.util.Optional;

/**
 * Links phones at a server of Evolution API, by an instance of the device's name. It has a code to type only where the link was
 * begun for that phone.
 */
final class EvolutionLinking implements LinkPort {

    private static final String ENGINE = "WHATSAPP-BAILEYS";
    private static final String CONNECTING = "connecting";

    private final PlatformClient<EvolutionApi> evolution;

    EvolutionLinking(PlatformClient<EvolutionApi> evolution) {
        this.evolution = evolution;
    }

    /** To be connected twice changes nothing: an instance that is on its way answers with the code that it shows. */
    @Override
    public Standing begin(ConnectedDevice device) {
        boolean isNew = evolution.ask(
                device.baseUrl(),
                () -> evolution.api().state(device.baseUrl(), key(device), device.session()),
                answer -> answer.status() == 404,
                _ -> false);
        if (isNew) {
            Map<String, Object> instance = Map.of("instanceName", device.session(), "integration", ENGINE);
            evolution.ask(
                    device.baseUrl(),
                    () -> evolution.api().create(device.baseUrl(), key(device), instance),
                    PlatformAnswer::isSuccess,
                    _ -> false);
        }
        connect(device, null);
        return standing(device);
    }

    @Override
    public Standing standing(ConnectedDevice device) {
        Standing standing = evolution.ask(
                device.baseUrl(),
                () -> evolution.api().state(device.baseUrl(), key(device), device.session()),
                EvolutionLinking::standing,
                Standing::unreachable);
        return standing.underway() && standing.health() instanceof Health.NotConnected
                ? standing.showing(text(connect(device, null), "code"))
                : standing;
    }

    @Override
    public Optional<String> pairingCode(ConnectedDevice device, PhoneNumber phone) {
        return text(connect(device, phone.digits()), "pairingCode");
    }

    /** What is not open is logged out, whatever it said to the logout. */
    @Override
    public boolean unlink(ConnectedDevice device) {
        boolean isTold = evolution.ask(
                device.baseUrl(),
                () -> evolution.api().logout(device.baseUrl(), key(device), device.session()),
                PlatformAnswer::isSuccess,
                _ -> false);
        return isTold || standing(device).health() instanceof Health.NotConnected;
    }

    /** @param number of the phone that is to be linked by a code, or null */
    private JsonNode connect(ConnectedDevice device, String number) {
        return evolution.ask(
                device.baseUrl(),
                () -> evolution.api().connect(device.baseUrl(), key(device), device.session(), number),
                answer -> answer.isSuccess() ? answer.json() : none(),
                _ -> none());
    }

    private static Standing standing(PlatformAnswer answer) {
        String state = answer.json().at("/instance/state").asText("");
        return new Standing(
                EvolutionAnswer.health(answer),
                state.equals("open") || state.equals(CONNECTING),
                Optional.empty(),
                Optional.empty());
    }

    private static Optional<String> text(JsonNode body, String field) {
        return Optional.of(CallbackJson.text(body.path(field))).filter(text -> !text.isBlank());
    }

    private static JsonNode none() {
        return MissingNode.getInstance();
    }

    private static String key(ConnectedDevice device) {
        return device.credential().secret();
    }
}
