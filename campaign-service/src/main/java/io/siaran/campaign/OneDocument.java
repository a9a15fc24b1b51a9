package io.siaran.campaign;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * {@code GET /docs/openapi.json}: the API of all services in one document, for where no front door merges those of the
 * services. It is the committed {@code docs/openapi.yaml}, of which a test says that it is theirs. Anybody may read it.
 */
@ApplicationScoped
class OneDocument {

    private static final String PATH = "/docs/openapi.json";
    private static final String COMMITTED = "openapi.yaml";

    /** Half a megabyte, for whose reading hundreds of milliseconds go: none until somebody asks, and once. */
    private Buffer json;

    void register(@Observes Router router) {
        router.route(PATH).method(HttpMethod.GET).method(HttpMethod.HEAD).blockingHandler(this::answer, false);
    }

    private void answer(RoutingContext exchange) {
        Buffer answer = json();
        exchange.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(answer.length()));
        exchange.end(answer).onFailure(exchange::fail);
    }

    private synchronized Buffer json() {
        if (json == null) {
            json = read();
        }
        return json;
    }

    private static Buffer read() {
        try (InputStream yaml = OneDocument.class.getResourceAsStream(COMMITTED)) {
            return Buffer.buffer(new ObjectMapper().writeValueAsBytes(new YAMLMapper().readTree(yaml)));
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }
}
