package io.siaran.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Bounds the memory that lists take while they are made. Fifty callers at once, each with a page of 500 leads of a kilobyte and
 * more, filled the heap of a service, and everybody waited for its collections; now a large list has its turn ({@link Turns}).
 *
 * <p>The place is given back when the answer has been made. What is still to be sent is its bytes, which the
 * limit of a page and the connections of the ingress bound: a caller who reads slowly keeps nobody waiting.
 */
@ApplicationScoped
class LargeLists {

    /** After the caller is known, before anything is read for it. */
    private static final int ORDER = RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT - 2;

    private static final Duration AGAIN_AFTER = Duration.ofSeconds(5);

    private final ObjectMapper mapper;
    private final LargeListConfig config;
    private final Turns turns;

    LargeLists(ObjectMapper mapper, LargeListConfig config) {
        this.mapper = mapper;
        this.config = config;
        this.turns = new Turns(config.atOnce(), config.perUser());
    }

    void register(@Observes Router router) {
        router.route()
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .order(ORDER)
                .handler(this::enter);
    }

    private void enter(RoutingContext exchange) {
        String user = user(exchange);
        if (user == null || !isLarge(exchange.request().getParam("limit"))) {
            exchange.next();
            return;
        }
        Context context = Vertx.currentContext();
        Turns.Turn turn = turns.ask(user, () -> context.runOnContext(_ -> proceed(exchange)));
        long timer = exchange.vertx()
                .setTimer(
                        config.patience().toMillis(),
                        _ -> context.runOnContext(_ -> {
                            if (turn.giveUp()) {
                                refuse(exchange);
                            }
                        }));
        Runnable end = () -> {
            exchange.vertx().cancelTimer(timer);
            turn.end();
        };
        exchange.addHeadersEndHandler(_ -> end.run());
        // A caller who goes, also one who still waits.
        exchange.addEndHandler(_ -> end.run());
    }

    /** One who went while it waited has been answered already. */
    private static void proceed(RoutingContext exchange) {
        if (!exchange.response().ended() && !exchange.response().closed()) {
            exchange.next();
        }
    }

    private void refuse(RoutingContext exchange) {
        Problem problem = Problem.of(
                ProblemCode.UNAVAILABLE,
                "too many large lists are asked for at once: ask for fewer at once, or with a smaller limit",
                exchange.request().path());
        exchange.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.RETRY_AFTER, Long.toString(AGAIN_AFTER.toSeconds()));
        exchange.end(RestJson.write(mapper, problem)).onFailure(exchange::fail);
    }

    /** Who has no token is refused later, and gets no list. */
    private static String user(RoutingContext exchange) {
        return exchange.user() instanceof QuarkusHttpUser known
                        && known.getSecurityIdentity().getPrincipal() instanceof JsonWebToken token
                ? token.getSubject()
                : null;
    }

    /** What is no number is refused later. */
    private boolean isLarge(String limit) {
        try {
            return limit != null && Integer.parseInt(limit) >= config.from();
        } catch (NumberFormatException none) {
            return false;
        }
    }
}
