package io.siaran.localstack.simulator;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Base64;

/** The picture of a code to scan: a PNG that a person can see is none. */
final class Pictures {

    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    private Pictures() {}

    static void qr(RoutingContext ctx) {
        ctx.response().putHeader("Content-Type", "image/png").end(Buffer.buffer(PNG));
    }

    static String base64() {
        return Base64.getEncoder().encodeToString(PNG);
    }
}
