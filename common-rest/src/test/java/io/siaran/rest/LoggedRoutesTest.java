package io.siaran.rest;

import static io.siaran.rest.Api.NOTES;
import static io.siaran.rest.Api.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A path has phones and secrets in it, and no log. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class LoggedRoutesTest {

    private static final String PHONE = "60123456789";

    private final Lines lines = new Lines();

    @BeforeEach
    void listen() {
        Logger.getLogger("").addHandler(lines);
    }

    @AfterEach
    void listenNoMore() {
        Logger.getLogger("").removeHandler(lines);
    }

    @Test
    void a_request_that_failed_is_logged_by_its_route() {
        viewer("ani").get(NOTES + "/of/" + PHONE + "/bug").then().statusCode(500);

        assertThat(lines.read)
                .anyMatch(line -> line.contains("request failed: error_id=")
                        && line.contains(" route=GET /api/v1/notes/of/{phone}/bug"))
                .noneMatch(line -> line.contains(PHONE));
    }

    @Test
    void a_request_that_got_no_connection_is_logged_by_its_route() {
        viewer("ani").get(NOTES + "/of/" + PHONE + "/crowded").then().statusCode(503);

        assertThat(lines.read)
                .anyMatch(line ->
                        line.contains("no connection became free") && line.contains("/notes/of/{phone}/crowded"))
                .noneMatch(line -> line.contains(PHONE));
    }

    @Test
    void what_fails_outside_of_every_resource_is_logged_without_its_address() {
        viewer("ani").get(FailingRoute.PATH + PHONE + "?q=" + PHONE).then().statusCode(500);

        assertThat(lines.read)
                .anyMatch(line -> line.contains("HTTP Request to") && line.contains("the route is broken"))
                .noneMatch(line -> line.contains(PHONE));
    }

    private static final class Lines extends Handler {

        private final Formatter formatter = new PatternFormatter("%s%e");
        private final List<String> read = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord line) {
            read.add(formatter.format(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
