package io.siaran.localstack.simulator;

import io.siaran.localstack.simulator.SimulatedDevices.Status;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Evolution API as its own documentation describes it; its words stand in {@link EvolutionDialect}. */
final class EvolutionSimulator implements Simulator {

    private final WebSession sessions;
    private final Sending sending;
    private final Webhooks hooks;
    private final EvolutionDialect dialect = new EvolutionDialect();

    EvolutionSimulator(WebSession sessions, Sending sending, Webhooks hooks) {
        this.sessions = sessions;
        this.sending = sending;
        this.hooks = hooks;
    }

    @Override
    public String path() {
        return "/evolution";
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public void mount(Router router) {
        router.route().handler(this::checkKey);
        router.post("/message/sendText/:instance").handler(this::sendText);
        router.post("/message/sendMedia/:instance").handler(this::sendMedia);
        router.post("/chat/sendPresence/:instance").handler(ctx -> open(ctx, () -> Answer.json(201, new JsonObject())));
        router.post("/chat/whatsappNumbers/:instance").handler(ctx -> open(ctx, () -> numbers(ctx)));
        router.post("/chat/findMessages/:instance").handler(ctx -> open(ctx, () -> messages(ctx)));
        router.post("/instance/create").handler(this::create);
        router.get("/instance/connect/:instance").handler(this::connect);
        router.get("/instance/connectionState/:instance").handler(this::state);
        router.delete("/instance/logout/:instance").handler(this::logout);
        router.post("/webhook/set/:instance").handler(this::setWebhook);
    }

    private void checkKey(RoutingContext ctx) {
        String key = ctx.request().getHeader("apikey");
        if ("sim-unlicensed".equals(key)) {
            EvolutionDialect.unlicensed().to(ctx);
        } else if (WebSession.isRight(key)) {
            ctx.next();
        } else {
            dialect.refused(Refusal.CREDENTIAL, null).to(ctx);
        }
    }

    private static String instance(RoutingContext ctx) {
        return ctx.pathParam("instance");
    }

    private void open(RoutingContext ctx, Supplier<Answer> answer) {
        Answer given = switch (sessions.status(instance(ctx))) {
            case EXPIRED -> unknownInstance(ctx);
            case DISCONNECTED -> dialect.refused(Refusal.DISCONNECTED, null);
            case CONNECTED -> answer.get();
        };
        given.to(ctx);
    }

    private static Answer unknownInstance(RoutingContext ctx) {
        return EvolutionDialect.no(404, "Not Found", "The \"" + instance(ctx) + "\" instance does not exist");
    }

    private void sendText(RoutingContext ctx) {
        JsonObject body = WebSession.body(ctx);
        send(ctx, body, body.getString("text"), null);
    }

    private void sendMedia(RoutingContext ctx) {
        JsonObject body = WebSession.body(ctx);
        send(ctx, body, body.getString("caption"), body.getString("media"));
    }

    private void send(RoutingContext ctx, JsonObject body, String text, String image) {
        if (sessions.status(instance(ctx)) == Status.EXPIRED) {
            unknownInstance(ctx).to(ctx);
            return;
        }
        String number = body.getString("number", "");
        Optional<String> invalid = number.isBlank()
                ? Optional.of("number is invalid")
                : (text == null || text.isBlank()) && image == null
                        ? Optional.of("Text is required")
                        : Optional.empty();
        sending.send(
                ctx,
                dialect,
                new Message(instance(ctx), Numbers.digits(number), text, image, null),
                invalid.map(words -> EvolutionDialect.no(400, "Bad Request", words)));
    }

    private Answer numbers(RoutingContext ctx) {
        JsonArray found = new JsonArray();
        for (Object number : WebSession.body(ctx).getJsonArray("numbers", new JsonArray())) {
            found.add(new JsonObject()
                    .put("jid", EvolutionDialect.jid(number.toString()))
                    .put("exists", sessions.isOnWhatsApp(number.toString()))
                    .put("number", number.toString()));
        }
        return Answer.json(200, found);
    }

    private Answer messages(RoutingContext ctx) {
        JsonObject where = WebSession.body(ctx).getJsonObject("where", new JsonObject());
        String jid = where.getJsonObject("key", new JsonObject()).getString("remoteJid", "");
        List<JsonObject> records = sessions.chat(
                EvolutionDialect.PLATFORM,
                instance(ctx),
                jid,
                delivery -> new JsonObject()
                        .put("key", EvolutionDialect.key(jid, true, delivery.messageId()))
                        .put("message", content(delivery))
                        .put("messageTimestamp", delivery.at().getEpochSecond()));
        JsonObject page = new JsonObject()
                .put("total", records.size())
                .put("pages", 1)
                .put("currentPage", 1)
                .put("records", new JsonArray(records));
        return Answer.json(200, new JsonObject().put("messages", page));
    }

    private static JsonObject content(Delivery delivery) {
        return delivery.mediaUrl() == null
                ? new JsonObject().put("conversation", delivery.text())
                : new JsonObject().put("imageMessage", new JsonObject().put("caption", delivery.text()));
    }

    private void create(RoutingContext ctx) {
        JsonObject body = WebSession.body(ctx);
        String instance = body.getString("instanceName", "");
        sessions.created(instance);
        JsonObject hook = body.getJsonObject("webhook", new JsonObject());
        if (hook.getString("url") != null) {
            hooks.set(EvolutionDialect.PLATFORM, instance, new Webhooks.Hook(hook.getString("url"), null));
        }
        Answer.json(201, new JsonObject().put("instance", shown(instance, "connecting")))
                .to(ctx);
    }

    private void connect(RoutingContext ctx) {
        Status status = sessions.status(instance(ctx));
        if (status == Status.EXPIRED) {
            unknownInstance(ctx).to(ctx);
            return;
        }
        Answer answer = status == Status.CONNECTED
                ? Answer.json(200, new JsonObject().put("instance", shown(instance(ctx), "open")))
                : Answer.json(
                        200,
                        new JsonObject()
                                .put("pairingCode", ctx.request().getParam("number") == null ? null : "ABCDABCD")
                                .put("code", sessions.code(instance(ctx)).orElse(null))
                                .put("base64", "data:image/png;base64," + Pictures.base64()));
        answer.to(ctx);
    }

    private void state(RoutingContext ctx) {
        Answer answer = switch (sessions.status(instance(ctx))) {
            case EXPIRED -> unknownInstance(ctx);
            case DISCONNECTED -> Answer.json(200, new JsonObject().put("instance", shown(instance(ctx), "connecting")));
            case CONNECTED -> Answer.json(200, new JsonObject().put("instance", shown(instance(ctx), "open")));
        };
        answer.to(ctx);
    }

    private static JsonObject shown(String instance, String state) {
        return new JsonObject().put("instanceName", instance).put("state", state);
    }

    private void logout(RoutingContext ctx) {
        sessions.loggedOut(instance(ctx));
        Answer.json(200, new JsonObject().put("status", "SUCCESS")).to(ctx);
    }

    private void setWebhook(RoutingContext ctx) {
        JsonObject hook = WebSession.body(ctx).getJsonObject("webhook", new JsonObject());
        hooks.set(EvolutionDialect.PLATFORM, instance(ctx), new Webhooks.Hook(hook.getString("url"), null));
        Answer.json(201, new JsonObject().put("webhook", hook)).to(ctx);
    }
}
