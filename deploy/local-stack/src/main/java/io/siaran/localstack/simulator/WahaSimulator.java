package io.siaran.localstack.simulator;

import io.siaran.localstack.simulator.SimulatedDevices.Status;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** WAHA as its own documentation describes it; its words stand in {@link WahaDialect}. */
final class WahaSimulator implements Simulator {

    private final WebSession sessions;
    private final Sending sending;
    private final Webhooks hooks;
    private final WahaDialect dialect = new WahaDialect();

    WahaSimulator(WebSession sessions, Sending sending, Webhooks hooks) {
        this.sessions = sessions;
        this.sending = sending;
        this.hooks = hooks;
    }

    @Override
    public String path() {
        return "/waha";
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public void mount(Router router) {
        router.route().handler(this::checkKey);
        router.post("/api/sendText").handler(this::sendText);
        router.post("/api/sendImage").handler(this::sendImage);
        router.post("/api/startTyping").handler(ctx -> working(ctx, session(ctx), WahaSimulator::done));
        router.post("/api/stopTyping").handler(ctx -> working(ctx, session(ctx), WahaSimulator::done));
        router.get("/api/contacts/check-exists")
                .handler(ctx -> working(ctx, ctx.request().getParam("session"), () -> check(ctx)));
        router.get("/api/:session/chats/:chat/messages")
                .handler(ctx -> working(ctx, ctx.pathParam("session"), () -> messages(ctx)));
        router.get("/api/:session/lids/:lid").handler(ctx -> working(ctx, ctx.pathParam("session"), () -> lid(ctx)));
        router.post("/api/sessions").handler(this::create);
        router.get("/api/sessions/:session").handler(this::status);
        router.post("/api/sessions/:session/logout").handler(this::logout);
        List.of("start", "restart")
                .forEach(move -> router.post("/api/sessions/:session/" + move).handler(this::status));
        router.get("/api/:session/auth/qr").handler(this::qr);
        router.post("/api/:session/auth/request-code")
                .handler(ctx -> Answer.json(201, new JsonObject().put("code", "ABCDABCD"))
                        .to(ctx));
    }

    private void checkKey(RoutingContext ctx) {
        if (WebSession.isRight(ctx.request().getHeader("X-Api-Key"))) {
            ctx.next();
        } else {
            dialect.refused(Refusal.CREDENTIAL, null).to(ctx);
        }
    }

    private static String session(RoutingContext ctx) {
        return WebSession.body(ctx).getString("session", "default");
    }

    private void working(RoutingContext ctx, String session, Supplier<Answer> answer) {
        Answer given = switch (sessions.status(session)) {
            case EXPIRED -> unknownSession(session);
            case DISCONNECTED -> WahaDialect.notWorking(session);
            case CONNECTED -> answer.get();
        };
        given.to(ctx);
    }

    private static Answer done() {
        return Answer.json(201, new JsonObject().put("result", true));
    }

    private static Answer unknownSession(String session) {
        return WahaDialect.no(404, "Not Found", "Session \"" + session + "\" does not exist");
    }

    private void sendText(RoutingContext ctx) {
        JsonObject body = WebSession.body(ctx);
        send(ctx, body, body.getString("text"), null);
    }

    private void sendImage(RoutingContext ctx) {
        JsonObject body = WebSession.body(ctx);
        JsonObject file = body.getJsonObject("file", new JsonObject());
        send(ctx, body, body.getString("caption"), file.getString("url"));
    }

    private void send(RoutingContext ctx, JsonObject body, String text, String image) {
        String session = session(ctx);
        if (sessions.status(session) == Status.EXPIRED) {
            unknownSession(session).to(ctx);
            return;
        }
        String chat = body.getString("chatId", "");
        Optional<String> invalid = chat.endsWith("@c.us")
                ? (text == null || text.isBlank()) && image == null
                        ? Optional.of("text should not be empty")
                        : Optional.empty()
                : Optional.of("chatId is invalid");
        sending.send(
                ctx,
                dialect,
                new Message(session, Numbers.digits(chat), text, image, null),
                invalid.map(words -> WahaDialect.no(400, "Bad Request", words)));
    }

    private Answer check(RoutingContext ctx) {
        String phone = ctx.request().getParam("phone");
        return Answer.json(
                200,
                new JsonObject()
                        .put("numberExists", sessions.isOnWhatsApp(phone))
                        .put("chatId", WahaDialect.chat(phone)));
    }

    private Answer messages(RoutingContext ctx) {
        String chat = ctx.pathParam("chat");
        var entries = sessions.chat(
                WahaDialect.PLATFORM,
                ctx.pathParam("session"),
                chat,
                delivery -> new JsonObject()
                        .put("id", "true_" + chat + "_" + delivery.messageId())
                        .put("timestamp", delivery.at().getEpochSecond())
                        .put("from", "60110000000@c.us")
                        .put("fromMe", true)
                        .put("to", chat)
                        .put("body", delivery.text())
                        .put("hasMedia", delivery.mediaUrl() != null));
        return Answer.json(200, new JsonArray(entries));
    }

    private Answer lid(RoutingContext ctx) {
        String lid = ctx.pathParam("lid");
        JsonObject answer = new JsonObject().put("lid", Numbers.digits(lid) + "@lid");
        return Answer.json(
                200,
                sessions.numbers()
                        .phoneOf(lid)
                        .map(phone -> answer.put("pn", WahaDialect.chat(phone)))
                        .orElseGet(() -> answer.putNull("pn")));
    }

    private void create(RoutingContext ctx) {
        JsonObject body = WebSession.body(ctx);
        String session = body.getString("name", "default");
        sessions.created(session);
        JsonArray wanted = body.getJsonObject("config", new JsonObject()).getJsonArray("webhooks", new JsonArray());
        for (int i = 0; i < wanted.size(); i++) {
            JsonObject hook = wanted.getJsonObject(i);
            String key = hook.getJsonObject("hmac", new JsonObject()).getString("key");
            hooks.set(WahaDialect.PLATFORM, session, new Webhooks.Hook(hook.getString("url"), key));
        }
        Answer.json(201, shown(session, "SCAN_QR_CODE")).to(ctx);
    }

    private void status(RoutingContext ctx) {
        String session = ctx.pathParam("session");
        Answer answer = switch (sessions.status(session)) {
            case EXPIRED -> unknownSession(session);
            case DISCONNECTED -> Answer.json(200, shown(session, "SCAN_QR_CODE"));
            case CONNECTED -> Answer.json(200, shown(session, "WORKING"));
        };
        answer.to(ctx);
    }

    private static JsonObject shown(String session, String status) {
        return new JsonObject().put("name", session).put("status", status);
    }

    private void qr(RoutingContext ctx) {
        if (!"raw".equals(ctx.request().getParam("format"))) {
            Pictures.qr(ctx);
            return;
        }
        sessions.code(ctx.pathParam("session"))
                .map(code -> Answer.json(200, new JsonObject().put("value", code)))
                .orElseGet(() -> WahaDialect.no(422, "Unprocessable Entity", "the session shows no QR code"))
                .to(ctx);
    }

    private void logout(RoutingContext ctx) {
        sessions.loggedOut(ctx.pathParam("session"));
        Answer.json(201, shown(ctx.pathParam("session"), "SCAN_QR_CODE")).to(ctx);
    }
}
