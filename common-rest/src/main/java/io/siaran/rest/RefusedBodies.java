package io.siaran.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** A body beyond {@code quarkus.http.limits.max-body-size} never reaches the REST layer; it gets its problem here. */
@ApplicationScoped
class RefusedBodies {

    private static final int TOO_LARGE = 413;

    private final ObjectMapper mapper;

    RefusedBodies(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    void register(@Observes Router router) {
        router.route().failureHandler(this::answer);
    }

    private void answer(RoutingContext failed) {
        if (failed.statusCode() != TOO_LARGE || failed.response().ended()) {
            failed.next();
            return;
        }
        failed.response()
                .setStatusCode(TOO_LARGE)
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(json(Problem.of(
                        TOO_LARGE, "the body is too large", failed.request().path())))
                .onFailure(failed::fail);
    }

    private String json(Problem problem) {
        try {
            return mapper.writeValueAsString(problem);
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException("a problem is always writable", bug);
        }
    }
}
