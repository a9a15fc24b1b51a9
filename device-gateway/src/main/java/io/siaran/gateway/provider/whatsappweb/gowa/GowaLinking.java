package io.siaran.gateway.provider.whatsappweb.gowa;

import io.siaran.gateway.device.CallbackHooks;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.provider.CallbackJson;
import io.siaran.gateway.provider.LinkPort;
import io.siaran.gateway.provider.PlatformAnswer;
import io.siaran.gateway.provider.PlatformClient;
import io.siaran.model.PhoneNumber;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Links phones at a server of gowa by a code to type. Its QR code cannot be shown here: each question for it begins another
 * link, and ends the one whose code somebody is about to scan.
 */
final class GowaLinking implements LinkPort {

    private static final List<String> EVENTS = List.of("message", "message.ack");

    private final PlatformClient<GowaApi> gowa;
    private final CallbackHooks hooks;

    GowaLinking(PlatformClient<GowaApi> gowa, CallbackHooks hooks) {
        this.gowa = gowa;
        this.hooks = hooks;
    }

    /** Makes sure that the server knows the device. */
    @Override
    public Standing begin(ConnectedDevice device) {
        GowaApi api = gowa.api();
        String user = GowaAdapter.user(device);
        String id = device.session();
        if (ask(device, api.status(device.baseUrl(), user, id, id), answer -> answer.status() == 404, false)) {
            told(device, api.create(device.baseUrl(), user, created(device)));
        }
        return standing(device);
    }

    /** With its news told to us from the first moment: of one without, no receipt and no STOP would be heard. */
    private Map<String, Object> created(ConnectedDevice device) {
        Map<String, Object> created = new LinkedHashMap<>(Map.of("device_id", device.session()));
        hooks.of(device).ifPresent(hook -> {
            created.put("webhook_url", hook.url());
            created.put("webhook_secret", hook.secret());
            created.put("webhook_events", EVENTS);
        });
        return created;
    }

    @Override
    public Standing standing(ConnectedDevice device) {
        Uni<Response> question =
                gowa.api().status(device.baseUrl(), GowaAdapter.user(device), device.session(), device.session());
        return gowa.ask(
                device.baseUrl(),
                () -> question,
                answer -> new Standing(GowaAnswer.health(answer), false, Optional.empty(), Optional.empty()),
                Standing::unreachable);
    }

    @Override
    public boolean canBeScanned() {
        return false;
    }

    @Override
    public Optional<String> pairingCode(ConnectedDevice device, PhoneNumber phone) {
        return ask(
                device,
                gowa.api()
                        .loginCode(
                                device.baseUrl(),
                                GowaAdapter.user(device),
                                device.session(),
                                device.session(),
                                phone.digits()),
                answer -> Optional.of(CallbackJson.text(answer.json().at("/results/pair_code")))
                        .filter(code -> answer.isSuccess() && !code.isBlank()),
                Optional.empty());
    }

    @Override
    public boolean unlink(ConnectedDevice device) {
        return told(
                device,
                gowa.api().logout(device.baseUrl(), GowaAdapter.user(device), device.session(), device.session()));
    }

    private boolean told(ConnectedDevice device, Uni<Response> call) {
        return ask(device, call, PlatformAnswer::isSuccess, false);
    }

    private <T> T ask(ConnectedDevice device, Uni<Response> call, Function<PlatformAnswer, T> meaning, T otherwise) {
        return gowa.ask(device.baseUrl(), () -> call, meaning, _ -> otherwise);
    }
}
