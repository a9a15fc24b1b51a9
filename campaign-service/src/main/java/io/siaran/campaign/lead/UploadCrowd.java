package io.siaran.campaign.lead;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.siaran.rest.BodyDeadline;
import io.siaran.rest.KnownCaller;
import io.siaran.rest.WaitingLine;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/**
 * Bounds the files of leads that come in at once: each takes some 4 MB of the heap until all of it is here. A user has a share of the
 * places, and who sends too slowly is let go. Whoever finds no place is refused before anything of the file is read.
 */
@ApplicationScoped
class UploadCrowd {

    /** After the caller is known and has its share of requests. */
    private static final int ORDER = RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT - 2;

    private static final Duration LATER = Duration.ofSeconds(10);

    private final WaitingLine places;
    private final BodyDeadline deadline;

    UploadCrowd(ObjectMapper mapper, ImportConfig config) {
        ImportConfig.Uploads uploads = config.uploads();
        // None waits: whoever passes files on to us gives a request up that nobody reads.
        this.places = new WaitingLine(
                mapper, uploads.atOnce(), 0, LATER, new WaitingLine.Share(KnownCaller::of, uploads.perUser(), 0));
        this.deadline =
                new BodyDeadline(mapper, uploads.patience(), uploads.slowest().asLongValue());
    }

    void register(@Observes Router router) {
        router.post("/api/v1/leads/import")
                .order(ORDER)
                .handler(this::enter)
                .handler(deadline)
                .failureHandler(UploadCrowd::fail);
    }

    /** Who has no token is refused without a place. */
    private void enter(RoutingContext exchange) {
        if (KnownCaller.of(exchange).isPresent()) {
            places.handle(exchange);
        } else {
            exchange.next();
        }
    }

    /** What fails once it is answered, as the reading of a body does that was let go, is nobody's matter. */
    private static void fail(RoutingContext exchange) {
        if (!exchange.response().ended()) {
            exchange.next();
        }
    }
}
