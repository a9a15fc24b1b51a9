package io.siaran.rest;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Fails before any resource is looked for. */
@ApplicationScoped
class FailingRoute {

    static final String PATH = "/failing/";

    void register(@Observes Router router) {
        router.route(PATH + "*").handler(exchange -> exchange.fail(new IllegalStateException("the route is broken")));
    }
}
