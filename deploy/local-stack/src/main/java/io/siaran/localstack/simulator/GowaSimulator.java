package io.siaran.localstack.simulator;

import io.siaran.localstack.simulator.SimulatedDevices.Status;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/** gowa as its own documentation describes it; its words stand in {@link GowaDialect}. */
final class GowaSimulator implements Simulator {

    private final WebSession sessions;
    private final Sending sending;
    private final Webhooks hooks;
    private final GowaDialect dialect = new GowaDialect();

    GowaSimulator(WebSession sessions, Sending sending, Webhooks hooks) {
        this.sessions = sessions;
        this.sending = sending;
        this.hooks = hooks;
    }

    @Override
    public String path() {
        return "/gowa";
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public void mount(Router router) {
        router.route().handler(this::checkKey);
        router.post("/send/message").handler(this::sendText);
        router.post("/send/image").handler(this::sendImage);
        router.post("/send/chat-presence").handler(ctx -> known(ctx, () -> GowaDialect.ok(new JsonObject())));
        router.get("/user/check").handler(ctx -> known(ctx, () -> check(ctx)));
        router.get("/chat/:jid/messages").handler(ctx -> known(ctx, () -> messages(ctx)));
        router.post("/devices").handler(this::create);
        router.get("/devices/:id/status").handler(this::status);
        router.get("/devices/:id/login").handler(this::login);
        router.get("/devices/:id/qr.png").handler(Pictures::qr);
        router.post("/devices/:id/login/code").handler(this::loginCode);
        router.post("/devices/:id/logout").handler(this::logout);
    }

    private void checkKey(RoutingContext ctx) {
        String header = ctx.request().getHeader("Authorization");
        String key = header != null && header.startsWith("Basic ")
                ? new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8)
                : null;
        if (WebSession.isRight(key)) {
            ctx.next();
        } else {
            dialect.refused(Refusal.CREDENTIAL, null).to(ctx);
        }
    }

    private static String device(RoutingContext ctx) {
        String device = ctx.request().getHeader("X-Device-Id");
        return device == null ? "" : device;
    }

    private void known(RoutingContext ctx, Supplier<Answer> answer) {
        Answer given = switch (sessions.status(device(ctx))) {
            case EXPIRED -> unknownDevice();
            case DISCONNECTED -> dialect.refused(Refusal.DISCONNECTED, null);
            case CONNECTED -> answer.get();
        };
        given.to(ctx);
    }

    private static Answer unknownDevice() {
        return GowaDialect.no(404, "DEVICE_NOT_FOUND", "device not found");
    }

    private void sendText(RoutingContext ctx) {
        JsonObject body = WebSession.body(ctx);
        send(ctx, body.getString("phone"), body.getString("message"), null);
    }

    private void sendImage(RoutingContext ctx) {
        var form = ctx.request().formAttributes();
        send(ctx, form.get("phone"), form.get("caption"), form.get("image_url"));
    }

    private void send(RoutingContext ctx, String phone, String text, String image) {
        if (sessions.status(device(ctx)) == Status.EXPIRED) {
            unknownDevice().to(ctx);
            return;
        }
        Optional<String> invalid = phone == null || phone.isBlank()
                ? Optional.of("phone: cannot be blank.")
                : (text == null || text.isBlank()) && image == null
                        ? Optional.of("message: cannot be blank.")
                        : Optional.empty();
        sending.send(
                ctx,
                dialect,
                new Message(device(ctx), Numbers.digits(phone), text, image, null),
                invalid.map(words -> GowaDialect.no(400, "VALIDATION_ERROR", words)));
    }

    private Answer check(RoutingContext ctx) {
        return GowaDialect.ok(new JsonObject()
                .put("is_on_whatsapp", sessions.isOnWhatsApp(ctx.request().getParam("phone"))));
    }

    private Answer messages(RoutingContext ctx) {
        String jid = ctx.pathParam("jid");
        var entries = sessions.chat(
                GowaDialect.PLATFORM,
                device(ctx),
                jid,
                delivery -> new JsonObject()
                        .put("id", delivery.messageId())
                        .put("chat_jid", jid)
                        .put("content", delivery.text())
                        .put("timestamp", delivery.at().toString())
                        .put("is_from_me", true)
                        .put("media_type", delivery.mediaUrl() == null ? "" : "image"));
        return GowaDialect.ok(new JsonObject().put("data", new JsonArray(entries)));
    }

    private void create(RoutingContext ctx) {
        JsonObject body = WebSession.body(ctx);
        String device = body.getString("device_id", "");
        sessions.created(device);
        if (body.getString("webhook_url") != null) {
            hooks.set(
                    GowaDialect.PLATFORM,
                    device,
                    new Webhooks.Hook(body.getString("webhook_url"), body.getString("webhook_secret", "secret")));
        }
        GowaDialect.ok(new JsonObject().put("device_id", device)).to(ctx);
    }

    private void status(RoutingContext ctx) {
        Status status = sessions.status(ctx.pathParam("id"));
        Answer answer = status == Status.EXPIRED
                ? unknownDevice()
                : GowaDialect.ok(new JsonObject()
                        .put("is_connected", status == Status.CONNECTED)
                        .put("is_logged_in", status == Status.CONNECTED));
        answer.to(ctx);
    }

    private void login(RoutingContext ctx) {
        String id = ctx.pathParam("id");
        String link = ctx.request().absoluteURI().replaceAll("/login.*", "/qr.png");
        GowaDialect.ok(new JsonObject()
                        .put("device_id", id)
                        .put("qr_link", link)
                        .put("qr_duration", 30))
                .to(ctx);
    }

    private void loginCode(RoutingContext ctx) {
        Answer answer = sessions.status(ctx.pathParam("id")) == Status.EXPIRED
                ? unknownDevice()
                : GowaDialect.ok(new JsonObject().put("pair_code", "ABCD-1234"));
        answer.to(ctx);
    }

    private void logout(RoutingContext ctx) {
        sessions.loggedOut(ctx.pathParam("id"));
        GowaDialect.ok(new JsonObject()).to(ctx);
    }
}
