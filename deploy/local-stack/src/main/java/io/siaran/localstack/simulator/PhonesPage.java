package io.siaran.localstack.simulator;

import io.siaran.model.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** The phones in a browser: a page without a build step, which asks for what is new every second. */
final class PhonesPage {

    private static final Map<String, String> FILES = Map.of(
            "/page/phones.css", "text/css; charset=utf-8",
            "/page/phones.js", "text/javascript; charset=utf-8",
            "/page/phones.svg", "image/svg+xml");

    /** A message may hold anything: nothing of it can load, run or send something. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Conversations conversations;

    PhonesPage(Conversations conversations) {
        this.conversations = conversations;
    }

    void mount(Router router) {
        router.get("/").handler(ctx -> answer(ctx, "/page/phones.html", "text/html; charset=utf-8"));
        FILES.forEach((path, type) -> router.get(path).handler(ctx -> answer(ctx, path, type)));
        router.get("/phones").handler(this::phones);
    }

    private static void answer(RoutingContext ctx, String path, String type) {
        secured(ctx.response())
                .putHeader("Content-Type", type)
                .putHeader("Content-Security-Policy", POLICY)
                .end(file(path.substring("/page/".length())));
    }

    private void phones(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        if (Long.toString(conversations.version()).equals(request.getParam("known"))) {
            secured(ctx.response()).setStatusCode(204).end();
            return;
        }
        var view = conversations.view(request.getParam("q", "").strip(), request.getParam("selected"));
        secured(ctx.response()).putHeader("Content-Type", "application/json").end(Json.write(view));
    }

    private static HttpServerResponse secured(HttpServerResponse response) {
        return response.putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cache-Control", "no-store");
    }

    private static Buffer file(String name) {
        try (InputStream file = PhonesPage.class.getResourceAsStream(name)) {
            return Buffer.buffer(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
