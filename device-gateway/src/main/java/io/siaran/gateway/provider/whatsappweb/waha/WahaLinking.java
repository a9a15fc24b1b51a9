package io.siaran.gateway.provider.whatsappweb.waha;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.gateway.device.CallbackHooks;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.provider.CallbackJson;
import io.siaran.gateway.provider.Contact;
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
import java.util.Set;
import java.util.function.Function;

/** Links phones at a server of WAHA, by a session of the device's name. */
final class WahaLinking implements LinkPort {

    private static final Set<String> UNDERWAY = Set.of("STARTING", "SCAN_QR_CODE", "WORKING");
    /** {@code message} and not {@code message.any}, which tells what we sent as well. */
    private static final List<String> EVENTS = List.of("session.status", "message", "message.ack");

    private final PlatformClient<WahaApi> waha;
    private final CallbackHooks hooks;

    WahaLinking(PlatformClient<WahaApi> waha, CallbackHooks hooks) {
        this.waha = waha;
        this.hooks = hooks;
    }

    /** A session that is under way already is left as it is. */
    @Override
    public Standing begin(ConnectedDevice device) {
        String server = device.baseUrl();
        String key = device.credential().secret();
        String session = device.session();
        WahaApi api = waha.api();
        switch (ask(device, api.session(server, key, session), WahaLinking::status, "")) {
            case "none" -> told(device, api.create(server, key, session(device)));
            case "STOPPED" -> told(device, api.start(server, key, session));
            case "FAILED" -> told(device, api.restart(server, key, session));
            default -> {}
        }
        return standing(device);
    }

    /** With its news told to us from the first moment: of one without, no receipt and no STOP would be heard. */
    private Map<String, Object> session(ConnectedDevice device) {
        Map<String, Object> session = new LinkedHashMap<>(Map.of("name", device.session(), "start", true));
        hooks.of(device)
                .ifPresent(hook -> session.put(
                        "config",
                        Map.of(
                                "webhooks",
                                List.of(Map.of(
                                        "url", hook.url(), "events", EVENTS, "hmac", Map.of("key", hook.secret()))))));
        return session;
    }

    @Override
    public Standing standing(ConnectedDevice device) {
        Uni<Response> question =
                waha.api().session(device.baseUrl(), device.credential().secret(), device.session());
        Standing standing = waha.ask(device.baseUrl(), () -> question, WahaLinking::standing, Standing::unreachable);
        boolean isShown = standing.health().equals(WahaStatus.health("SCAN_QR_CODE"));
        return isShown ? standing.showing(code(device)) : standing;
    }

    private Optional<String> code(ConnectedDevice device) {
        return ask(
                device,
                waha.api().qr(device.baseUrl(), device.credential().secret(), device.session(), "raw"),
                answer -> text(answer, "value"),
                Optional.empty());
    }

    @Override
    public Optional<String> pairingCode(ConnectedDevice device, PhoneNumber phone) {
        Map<String, Object> body = Map.of("phoneNumber", phone.digits());
        return ask(
                device,
                waha.api().requestCode(device.baseUrl(), device.credential().secret(), device.session(), body),
                answer -> text(answer, "code"),
                Optional.empty());
    }

    @Override
    public boolean unlink(ConnectedDevice device) {
        return told(
                device, waha.api().logout(device.baseUrl(), device.credential().secret(), device.session()));
    }

    private boolean told(ConnectedDevice device, Uni<Response> call) {
        return ask(device, call, PlatformAnswer::isSuccess, false);
    }

    private <T> T ask(ConnectedDevice device, Uni<Response> call, Function<PlatformAnswer, T> meaning, T otherwise) {
        return waha.ask(device.baseUrl(), () -> call, meaning, _ -> otherwise);
    }

    /** The session's, {@code none} where there is no such session, empty where nothing is known. */
    private static String status(PlatformAnswer answer) {
        return answer.status() == 404 ? "none" : text(answer, "status").orElse("");
    }

    private static Standing standing(PlatformAnswer answer) {
        JsonNode owner = answer.json().at("/me/id");
        return new Standing(
                WahaAnswer.health(answer),
                UNDERWAY.contains(status(answer)),
                Optional.empty(),
                Contact.of(CallbackJson.text(owner)).phone().map(PhoneNumber::digits));
    }

    private static Optional<String> text(PlatformAnswer answer, String field) {
        return answer.isSuccess()
                ? Optional.of(CallbackJson.text(answer.json().path(field))).filter(text -> !text.isBlank())
                : Optional.empty();
    }
}
