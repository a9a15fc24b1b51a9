package io.siaran.gateway.provider.whatsappweb.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.siaran.gateway.device.CallbackHooks;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.provider.CallbackJson;
import io.siaran.gateway.provider.LinkPort;
import io.siaran.gateway.provider.PlatformAnswer;
import io.siaran.gateway.provider.PlatformClient;
import io.siaran.model.PhoneNumber;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Links phones at a server of Evolution API, by an instance of the device's name. It has a code to type only where the link was
 * begun for that phone.
 */
final class EvolutionLinking implements LinkPort {

    private static final String ENGINE = "WHATSAPP-BAILEYS";
    private static final List<String> EVENTS = List.of("MESSAGES_UPSERT", "MESSAGES_UPDATE", "CONNECTION_UPDATE");
    private static final String CONNECTING = "connecting";

    private final PlatformClient<EvolutionApi> evolution;
    private final CallbackHooks hooks;

    EvolutionLinking(PlatformClient<EvolutionApi> evolution, CallbackHooks hooks) {
        this.evolution = evolution;
        this.hooks = hooks;
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
            evolution.ask(
                    device.baseUrl(),
                    () -> evolution.api().create(device.baseUrl(), key(device), instance(device)),
                    PlatformAnswer::isSuccess,
                    _ -> false);
        }
        connect(device, null);
        return standing(device);
    }

    /** With its news told to us from the first moment: of one without, no receipt and no STOP would be heard. */
    private Map<String, Object> instance(ConnectedDevice device) {
        Map<String, Object> instance =
                new LinkedHashMap<>(Map.of("instanceName", device.session(), "integration", ENGINE));
        hooks.of(device)
                .ifPresent(hook -> instance.put(
                        "webhook", Map.of("enabled", true, "url", hook.url(), "byEvents", false, "events", EVENTS)));
        return instance;
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
