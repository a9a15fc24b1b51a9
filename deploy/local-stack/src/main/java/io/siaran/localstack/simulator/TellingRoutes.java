package io.siaran.localstack.simulator;

import io.siaran.localstack.simulator.Webhooks.Hook;
import io.siaran.model.Json;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** The switches for what the platforms tell: where, how soon, by whom. Below {@code /control}, as the faults. */
final class TellingRoutes {

    /** @param secret what the platform signs with; null where it does not sign */
    private record Wanted(String platform, String device, String url, String secret) {}

    private record Person(boolean onWhatsapp) {}

    private record News(String platform, String device, SimulatedDevices.Status status) {}

    private final Telling telling;
    private final Webhooks hooks;
    private final Numbers numbers;
    private final List<Dialect> dialects;

    TellingRoutes(Telling telling, Webhooks hooks, Numbers numbers, List<Dialect> dialects) {
        this.telling = telling;
        this.hooks = hooks;
        this.numbers = numbers;
        this.dialects = dialects;
    }

    void mount(Router router) {
        router.post("/control/webhooks").handler(ctx -> done(ctx, () -> setHook(read(ctx, Wanted.class))));
        router.post("/control/receipts").handler(ctx -> done(ctx, () -> telling.set(read(ctx, Telling.Pace.class))));
        router.post("/control/replies").handler(ctx -> done(ctx, () -> reply(read(ctx, Reply.class))));
        router.post("/control/connections").handler(ctx -> done(ctx, () -> connection(read(ctx, News.class))));
        router.post("/control/phones/:phone")
                .handler(ctx -> done(
                        ctx,
                        () -> numbers.set(
                                ctx.pathParam("phone"), read(ctx, Person.class).onWhatsapp())));
    }

    private void setHook(Wanted wanted) {
        hooks.set(dialect(wanted.platform()).platform(), wanted.device(), new Hook(wanted.url(), wanted.secret()));
    }

    private void reply(Reply reply) {
        if (hooks.of(reply.platform(), reply.device()).isEmpty()) {
            throw new IllegalArgumentException("nobody would hear it: this device has no webhook");
        }
        telling.reply(dialect(reply.platform()), reply);
    }

    private void connection(News news) {
        telling.connection(dialect(news.platform()), news.device(), news.status());
    }

    private Dialect dialect(String platform) {
        return dialects.stream()
                .filter(each -> each.platform().equals(platform))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such platform"));
    }

    private static <T> T read(RoutingContext ctx, Class<T> type) {
        return Json.read(ctx.body().asString(), type);
    }

    private static void done(RoutingContext ctx, Runnable action) {
        action.run();
        ctx.response().setStatusCode(204).end();
    }
}
