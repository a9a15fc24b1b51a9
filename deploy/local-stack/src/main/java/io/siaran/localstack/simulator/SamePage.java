package io.siaran.localstack.simulator;

import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;

/**
 * Keeps a page of somebody else, open in the same browser, from reading the phones and from switching faults: the simulator
 * knows no users, so the browser's word must do.
 */
final class SamePage {

    private static final Pattern THIS_MACHINE =
            Pattern.compile("(?:localhost|127\\.0\\.0\\.1|\\[::1])(?::\\d+)?", Pattern.CASE_INSENSITIVE);

    private SamePage() {}

    static void check(RoutingContext ctx) {
        String host = String.valueOf(ctx.request().getHeader("Host"));
        String origin = ctx.request().getHeader("Origin");
        if (THIS_MACHINE.matcher(host).matches() && (origin == null || origin.equals("http://" + host))) {
            ctx.next();
        } else {
            ctx.response()
                    .setStatusCode(403)
                    .putHeader("Content-Type", "application/json")
                    .end("{\"error\":\"only the simulator's own page, on this machine, may ask this\"}");
        }
    }
}
