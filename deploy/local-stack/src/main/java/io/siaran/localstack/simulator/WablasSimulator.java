package io.siaran.localstack.simulator;

import io.siaran.localstack.simulator.SimulatedDevices.Status;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Wablas as its own documentation describes it; its words stand in {@link WablasDialect}. */
final class WablasSimulator implements Simulator {

    private static final int LONGEST_TEXT = 1_024;

    private final SimulatedDevices devices;
    private final Sending sending;
    private final WablasDialect dialect = new WablasDialect();

    WablasSimulator(SimulatedDevices devices, Sending sending) {
        this.devices = devices;
        this.sending = sending;
    }

    @Override
    public String path() {
        return "/wablas";
    }

    @Override
    public Dialect dialect() {
        return dialect;
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
        Optional<Answer> invalid = required("phone", message.phone())
                .or(() -> contentMissing)
                .or(() -> tooLong(message.text()))
                .map(refusal -> WablasDialect.no(200, refusal));
        sending.send(ctx, dialect, message, invalid);
    }

    private void deviceInfo(RoutingContext ctx) {
        String asked = ctx.request().getParam("token");
        String token = token(asked == null ? ctx.request().getHeader("Authorization") : asked);
        Status status = devices.status(token);
        Answer answer = status == Status.EXPIRED
                ? dialect.refused(Refusal.CREDENTIAL, null)
                : WablasDialect.deviceInfo(token, status);
        answer.to(ctx);
    }
}
