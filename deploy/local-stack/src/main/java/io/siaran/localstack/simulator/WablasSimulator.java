package io.siaran.localstack.simulator;

import io.siaran.localstack.simulator.SimulatedDevices.Status;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Wablas as its own documentation describes it; what each answer looks like stands in {@link WablasAnswers}. */
final class WablasSimulator implements Simulator {

    private static final int LONGEST_TEXT = 1_024;

    private final SimulatedDevices devices;
    private final Faults faults;
    private final Ledger ledger;

    WablasSimulator(SimulatedDevices devices, Faults faults, Ledger ledger) {
        this.devices = devices;
        this.faults = faults;
        this.ledger = ledger;
    }

    @Override
    public String path() {
        return "/wablas";
    }

    @Override
    public void mount(Router router) {
        router.post("/api/send-message").handler(this::sendText);
        router.post("/api/send-image").handler(this::sendImage);
        router.get("/api/device/info").handler(this::deviceInfo);
    }

    private void sendText(RoutingContext ctx) {
        Message message = message(ctx, "message", null);
        send(ctx, message, required("message", message.text()));
    }

    private void sendImage(RoutingContext ctx) {
        Message message = message(ctx, "caption", ctx.request().getFormAttribute("image"));
        send(ctx, message, required("image", message.mediaUrl()));
    }

    private static Message message(RoutingContext ctx, String textField, String image) {
        var form = ctx.request().formAttributes();
        String token = token(ctx.request().getHeader("Authorization"));
        return new Message(token, form.get("phone"), form.get(textField), image, form.get("ref_id"));
    }

    /** The credential is {@code token} or {@code token.secret}. */
    private static String token(String credential) {
        return credential == null ? "" : credential.split("\\.", 2)[0];
    }

    private static Optional<String> required(String field, String value) {
        return value == null || value.isBlank() ? Optional.of(field + " is required") : Optional.empty();
    }

    private static Optional<String> tooLong(String text) {
        return text != null && text.codePointCount(0, text.length()) > LONGEST_TEXT
                ? Optional.of("message may not be greater than 1024 characters")
                : Optional.empty();
    }

    private void send(RoutingContext ctx, Message message, Optional<String> contentMissing) {
        switch (devices.status(message.device())) {
            case EXPIRED -> WablasAnswers.tokenInvalid(ctx);
            case DISCONNECTED -> WablasAnswers.disconnected(ctx);
            case CONNECTED ->
                required("phone", message.phone())
                        .or(() -> contentMissing)
                        .or(() -> tooLong(message.text()))
                        .ifPresentOrElse(refusal -> WablasAnswers.refuse(ctx, 200, refusal), () -> send(ctx, message));
        }
    }

    private void send(RoutingContext ctx, Message message) {
        faults.strike(message)
                .ifPresentOrElse(
                        fault -> sendBadly(ctx, message, fault), () -> WablasAnswers.accept(ctx, deliver(message)));
    }

    private void sendBadly(RoutingContext ctx, Message message, Fault fault) {
        switch (fault.kind()) {
            case TOKEN_EXPIRED -> WablasAnswers.tokenInvalid(ctx);
            case RATE_LIMITED -> WablasAnswers.rateLimited(ctx, fault.retryAfterSeconds());
            case SERVER_ERROR -> WablasAnswers.refuse(ctx, 500, "internal server error, message not sent");
            case UNKNOWN_NUMBER -> WablasAnswers.refuse(ctx, 200, "phone number not registered on whatsapp");
            case LOGOUT -> {
                devices.set(message.device(), Status.DISCONNECTED);
                WablasAnswers.disconnected(ctx);
            }
            case GATEWAY_TIMEOUT -> {
                deliver(message);
                WablasAnswers.html(ctx, 504, "Gateway Time-out");
            }
            case SLOW_BODY -> WablasAnswers.acceptSlowly(ctx, deliver(message), fault.delayMs());
            case HTML_BAD_GATEWAY -> {
                deliverIf(fault.delivered(), message);
                WablasAnswers.html(ctx, 502, "Bad Gateway");
            }
            case RESET -> {
                deliverIf(fault.delivered(), message);
                ctx.response().reset();
            }
        }
    }

    private Delivery deliver(Message message) {
        return ledger.deliver("wablas", message);
    }

    private void deliverIf(boolean delivered, Message message) {
        if (delivered) {
            deliver(message);
        }
    }

    private void deviceInfo(RoutingContext ctx) {
        String asked = ctx.request().getParam("token");
        String token = token(asked == null ? ctx.request().getHeader("Authorization") : asked);
        Status status = devices.status(token);
        if (status == Status.EXPIRED) {
            WablasAnswers.tokenInvalid(ctx);
        } else {
            WablasAnswers.deviceInfo(ctx, token, status);
        }
    }
}
