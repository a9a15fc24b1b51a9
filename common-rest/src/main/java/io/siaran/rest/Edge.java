package io.siaran.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.jboss.logging.MDC;

/**
 * What every request meets first, before any route: its id, and the bounds of its line and headers. Netty's own bounds are
 * wider than these, because what it refuses is answered without a problem, and {@link AddressesUnchecked} leaves addresses to it.
 */
@ApplicationScoped
class Edge {

    static final String REQUEST_ID = "X-Request-Id";

    /** In the log, of everything that is logged for a request. */
    private static final String LOGGED_ID = "request_id";

    private static final int LONGEST_URI = 8_192;
    private static final int LARGEST_HEADERS = 16_384;

    private final ObjectMapper mapper;

    Edge(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(this::enter);
    }

    private void enter(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        String id = RequestId.of(request.getHeader(REQUEST_ID));
        exchange.response().putHeader(REQUEST_ID, id).putHeader("X-Content-Type-Options", "nosniff");
        MDC.put(LOGGED_ID, id);
        if (request.uri().length() > LONGEST_URI) {
            answer(exchange, Problem.of(ProblemCode.URI_TOO_LONG, "the address is too long", null));
        } else if (size(request) > LARGEST_HEADERS) {
            String detail = "the headers are too large";
            answer(exchange, Problem.of(ProblemCode.HEADERS_TOO_LARGE, detail, request.path()));
        } else if (!PercentEncoding.isRight(request.uri())) {
            String what = PercentEncoding.isRight(request.path()) ? "query" : "path";
            Refusal refusal = Refusal.invalid(what, "must be percent-encoded UTF-8");
            answer(exchange, Problem.of(refusal, request.path()));
        } else if (!AcceptedTypes.isReadable(request.getHeader(HttpHeaders.ACCEPT))) {
            String detail = "the Accept header cannot be read";
            answer(exchange, Problem.of(ProblemCode.NOT_ACCEPTABLE, detail, request.path()));
        } else {
            giveJsonToWhoTakesItsProblems(request);
            exchange.next();
        }
    }

    /**
     * An operation that answers nothing but problems documents their type alone, so that is what a generated client accepts: as
     * the framework reads it, everything would be a 406.
     */
    private static void giveJsonToWhoTakesItsProblems(HttpServerRequest request) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        if (accepted != null && accepted.strip().equalsIgnoreCase(Problem.MEDIA_TYPE)) {
            request.headers().set(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON);
        }
    }

    private void answer(RoutingContext exchange, Problem problem) {
        exchange.response().setStatusCode(problem.status()).putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        exchange.end(RestJson.write(mapper, problem)).onFailure(exchange::fail);
    }

    private static int size(HttpServerRequest request) {
        List<Map.Entry<String, String>> headers = request.headers().entries();
        return headers.stream()
                .mapToInt(header -> header.getKey().length() + header.getValue().length())
                .sum();
    }
}
