package io.siaran.gateway.provider.whatsappweb.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.device.RefusalCause;
import io.siaran.gateway.provider.CallbackJson;
import io.siaran.gateway.provider.Contact;
import io.siaran.gateway.provider.Lookup.Finding;
import io.siaran.gateway.provider.NumberCheck.Presence;
import io.siaran.gateway.provider.PlatformAnswer;
import io.siaran.gateway.provider.SendOutcome;
import io.siaran.model.PhoneNumber;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the bridge answered, and what it means: by its state and its error, which are closed lists. */
final class BridgeAnswer {

    /** WhatsApp lets the number write to nobody new for a while. */
    private static final String REACH_OUT_TIMELOCK = "463";

    private BridgeAnswer() {}

    static SendOutcome outcome(PlatformAnswer answer) {
        JsonNode body = answer.json();
        return switch (body.path("state").asText("")) {
            case "accepted" -> new SendOutcome.Accepted(body.path("wa_id").asText(null));
            case "rejected" -> rejected(body.path("code").asText(""));
            case "not_sent" -> new SendOutcome.NotSent(detail(body));
            case "started" -> new SendOutcome.Unknown("the bridge has not ended it yet");
            case "unknown" -> new SendOutcome.Unknown(detail(body));
            default -> refused(answer, body);
        };
    }

    private static SendOutcome rejected(String code) {
        return switch (code) {
            case "not_on_whatsapp" -> new SendOutcome.NotOnWhatsApp("not on WhatsApp");
            case REACH_OUT_TIMELOCK ->
                new SendOutcome.DeviceRefused(RefusalCause.TIMELOCK, "WhatsApp refused it with 463", null);
            default -> new SendOutcome.ProviderFailed("WhatsApp refused it with " + PlatformAnswer.words(code));
        };
    }

    /** A request that came to no message: nothing of it was begun. */
    private static SendOutcome refused(PlatformAnswer answer, JsonNode body) {
        return switch (body.path("error").asText("")) {
            case "not_owner", "no_session", "full", "not_open" ->
                new SendOutcome.NotSent(
                        "its session is not open: " + body.path("error").asText());
            case "unauthorized" -> new SendOutcome.NotSent("the bridge refuses the installation's token");
            case "invalid", "too_large" -> new SendOutcome.MessageRejected(detail(body));
            // Whatever it was, the request was written: only an answer of the bridge itself proves that nothing was
            // sent.
            default -> new SendOutcome.Unknown("HTTP " + answer.status() + " without a readable answer");
        };
    }

    /** Who has the session, where the bridge says that it is another process. */
    static Optional<String> owner(PlatformAnswer answer) {
        JsonNode body = answer.json();
        boolean isElsewhere = body.path("error").asText("").equals("not_owner");
        return isElsewhere ? text(body.path("address")) : Optional.empty();
    }

    /** Whether nobody has the session, so that it must be opened first. */
    static boolean isNowhere(PlatformAnswer answer) {
        String error = answer.json().path("error").asText("");
        return error.equals("no_session")
                || (error.equals("not_owner") && owner(answer).isEmpty());
    }

    /** Whether the session is there and goes on by itself: opening it changes nothing of it. */
    static boolean isLive(PlatformAnswer answer) {
        return switch (answer.json().path("state").asText("")) {
            case "open", "connecting", "qr" -> answer.isSuccess();
            default -> false;
        };
    }

    static Health health(PlatformAnswer answer) {
        JsonNode body = answer.json();
        String state = body.path("state").asText("");
        return switch (state) {
            case "open" -> new Health.Connected();
            case "logged_out" ->
                new Health.Refused(
                        RefusalCause.LOGGED_OUT, loggedOut(body.path("detail").asText("")));
            case "banned" -> new Health.Refused(RefusalCause.BANNED, banned(body));
            case "connecting" -> new Health.NotConnected("it connects");
            case "qr" -> new Health.NotConnected("it waits for somebody who scans the code");
            case "replaced" ->
                new Health.NotConnected("another program connected with the same link: connect it again");
            case "passkey_required" ->
                new Health.NotConnected(
                        "the account asks for a passkey, which the bridge cannot give: use gowa or waha");
            case "failed", "stopped" -> new Health.NotConnected("it is " + state + ": " + detail(body));
            default -> isNowhere(answer) ? new Health.NotConnected("it was never linked") : answer.unreadableHealth();
        };
    }

    private static String banned(JsonNode body) {
        boolean isForAWhile = body.path("detail").asText("").equals("for_a_while");
        return isForAWhile ? "WhatsApp has blocked the number for a while" : "WhatsApp has blocked the number";
    }

    private static String loggedOut(String detail) {
        return switch (detail) {
            case "phone_taken" -> "that phone is linked to another device: disconnect it there first";
            case "other_phone" -> "that phone has another number than this device";
            default -> "the phone has unlinked it: link it again";
        };
    }

    static Finding finding(PlatformAnswer answer) {
        JsonNode body = answer.json();
        if (!answer.isSuccess()) {
            boolean isRead = body.path("error").asText("").equals("no_message");
            return isRead ? new Finding.NotFound() : new Finding.CannotBeAsked("HTTP " + answer.status());
        }
        return switch (body.path("state").asText("")) {
            case "accepted" -> new Finding.Sent(List.of(CallbackJson.id(body.path("wa_id"))));
            case "rejected" -> new Finding.Refused(rejected(body.path("code").asText("")));
            default -> new Finding.NotFound();
        };
    }

    static Presence presence(PlatformAnswer answer) {
        JsonNode on = answer.json().path("on_whatsapp");
        if (!answer.isSuccess() || !on.isBoolean()) {
            return Presence.CANNOT_BE_ASKED;
        }
        return on.booleanValue() ? Presence.ON_WHATSAPP : Presence.NOT_ON_WHATSAPP;
    }

    /** Whose LID it is; empty where the session has not learnt it. */
    static Optional<PhoneNumber> phone(PlatformAnswer answer) {
        return answer.isSuccess()
                ? Contact.ofPhone(answer.json().path("phone").asText("")).phone()
                : Optional.empty();
    }

    /** Until when the reach-out timelock holds; empty where there is none, or WhatsApp does not say. */
    static Optional<Instant> timelockEnds(PlatformAnswer answer) {
        return CallbackJson.time(answer.json().at("/timelock/until"));
    }

    static Optional<String> text(JsonNode node) {
        return node.isTextual() && !node.asText().isBlank() ? Optional.of(node.asText()) : Optional.empty();
    }

    private static String detail(JsonNode body) {
        return PlatformAnswer.words(body.path("detail").asText(""));
    }
}
