package io.siaran.rest;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WaitingLineTest {

    private final Vertx vertx = Vertx.vertx();
    private final WaitingLine line = new WaitingLine(new ObjectMapper(), 2, 3, Duration.ofSeconds(2));
    private final BlockingQueue<RoutingContext> works = new LinkedBlockingQueue<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private int port;

    @BeforeEach
    void serve() throws Exception {
        Router router = Router.router(vertx);
        // As Quarkus does: paused until it is read.
        router.post("/news").handler(exchange -> {
            exchange.request().pause();
            exchange.next();
        });
        router.post("/news").handler(line);
        router.post("/news").handler(exchange -> {
            exchange.request().resume();
            exchange.next();
        });
        router.post("/news").handler(BodyHandler.create()).handler(works::add);
        router.post("/shared")
                .handler(new WaitingLine(
                        new ObjectMapper(),
                        3,
                        9,
                        Duration.ofSeconds(2),
                        new WaitingLine.Share(exchange -> exchange.request().getHeader("Owner"), 2, 1)))
                .handler(works::add);
        router.post("/both")
                .handler(new WaitingLine(
                        new ObjectMapper(),
                        9,
                        9,
                        Duration.ofSeconds(2),
                        new WaitingLine.Share(exchange -> exchange.request().getHeader("Owner"), 2, 9),
                        new WaitingLine.Share(
                                exchange ->
                                        exchange.request().getHeader("Owner").charAt(0),
                                3,
                                2)))
                .handler(works::add);
        router.post("/sized")
                .handler(new WaitingLine(
                        new ObjectMapper(),
                        4,
                        9,
                        Duration.ofSeconds(2),
                        exchange -> exchange.request().getHeader("Owner").length(),
                        new WaitingLine.Share(
                                exchange ->
                                        exchange.request().getHeader("Owner").charAt(0),
                                2,
                                9)))
                .handler(works::add);
        port = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, SECONDS)
                .actualPort();
    }

    @AfterEach
    void stop() {
        vertx.close();
    }

    @Test
    void two_are_in_the_works_three_wait_unread_and_the_sixth_is_told_to_come_again() throws Exception {
        // Given
        var first = post("1");
        var second = post("2");
        RoutingContext one = work();
        RoutingContext two = work();
        var third = post("3");
        await().until(() -> line.waiting() == 1);
        var fourth = post("4");
        await().until(() -> line.waiting() == 2);
        var fifth = post("5");
        await().until(() -> line.waiting() == 3);

        // When
        HttpResponse<String> sixth = post("6").get(20, SECONDS);

        // Then
        assertThat(sixth.statusCode()).isEqualTo(429);
        assertThat(sixth.headers().firstValue("Retry-After")).contains("2");
        assertThat(sixth.body()).contains("too_many_requests");
        assertThat(works).isEmpty();

        // When
        one.response().end("done " + one.body().asString());
        two.response().end("done " + two.body().asString());
        RoutingContext three = work();
        RoutingContext four = work();

        // Then
        assertThat(three.body().asString() + four.body().asString()).isEqualTo("34");
        assertThat(line.waiting()).isOne();
        three.response().end("done 3");
        four.response().end("done 4");
        work().response().end("done 5");
        assertThat(first.get(20, SECONDS).body()).startsWith("done");
        assertThat(second.get(20, SECONDS).body()).startsWith("done");
        assertThat(third.get(20, SECONDS).body()).isEqualTo("done 3");
        assertThat(fourth.get(20, SECONDS).body()).isEqualTo("done 4");
        assertThat(fifth.get(20, SECONDS).body()).isEqualTo("done 5");
    }

    @Test
    void who_goes_while_it_waits_leaves_the_line_and_who_goes_while_it_works_gives_its_place_to_the_next()
            throws Exception {
        // Given
        var _ = post("1");
        RoutingContext one = work();
        var _ = post("2");
        work();
        var third = post("3");
        await().until(() -> line.waiting() == 1);

        // When
        third.cancel(true);

        // Then
        await().atMost(Duration.ofSeconds(20)).until(() -> line.waiting() == 0);
        var _ = post("4");
        await().until(() -> line.waiting() == 1);
        one.request().connection().close();
        assertThat(work().body().asString()).isEqualTo("4");
        assertThat(line.waiting()).isZero();
    }

    @Test
    void an_owner_takes_no_more_than_its_share_and_who_comes_later_passes_it_in_the_line() throws Exception {
        // Given
        var _ = postOf("ani", "1");
        RoutingContext one = work();
        var _ = postOf("ani", "2");
        work();
        var third = postOf("ani", "3");

        // When
        HttpResponse<String> refused = postOf("ani", "4").get(20, SECONDS);
        var _ = postOf("budi", "5");
        RoutingContext five = work();
        var last = postOf("budi", "6");

        // Then
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(works.poll(200, MILLISECONDS)).isNull();
        five.response().end("done 5");
        RoutingContext six = work();
        assertThat(six.request().getHeader("Owner")).isEqualTo("budi");
        one.response().end("done 1");
        work().response().end("done 3");
        assertThat(third.get(20, SECONDS).body()).isEqualTo("done 3");
        six.response().end("done 6");
        assertThat(last.get(20, SECONDS).body()).isEqualTo("done 6");
    }

    @Test
    void what_is_of_two_owners_keeps_to_the_share_of_each() throws Exception {
        // Given
        var _ = postTo("/both", "a1", "1");
        var _ = postTo("/both", "a1", "2");
        var second = postTo("/both", "a1", "over the share of a1");
        var _ = postTo("/both", "a2", "3");
        RoutingContext one = work();
        work();
        assertThat(work().request().getHeader("Owner")).isEqualTo("a2");

        // When
        var _ = postTo("/both", "a3", "over the share of a");
        HttpResponse<String> refused =
                postTo("/both", "a4", "over its share of the line").get(20, SECONDS);
        var _ = postTo("/both", "b1", "4");

        // Then
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(work().request().getHeader("Owner")).isEqualTo("b1");
        assertThat(works.poll(200, MILLISECONDS)).isNull();
        one.response().end("done");
        work().response().end("done 5");
        assertThat(second.get(20, SECONDS).body()).isEqualTo("done 5");
        assertThat(work().request().getHeader("Owner")).isEqualTo("a3");
    }

    @Test
    void what_is_large_takes_several_places_and_as_many_come_after_it_as_it_had() throws Exception {
        // Given: an owner has two places, and what takes more is alone
        var _ = postTo("/sized", "aaa", "more than its share, alone");
        RoutingContext large = work();
        var _ = postTo("/sized", "a", "over the share of a");
        var _ = postTo("/sized", "a", "the same");

        // When
        var _ = postTo("/sized", "b", "another's");

        // Then
        assertThat(work().request().getHeader("Owner")).isEqualTo("b");
        assertThat(works.poll(200, MILLISECONDS)).isNull();
        large.response().end("done");
        assertThat(work().request().getHeader("Owner")).isEqualTo("a");
        assertThat(work().request().getHeader("Owner")).isEqualTo("a");
    }

    @Test
    void who_waits_for_room_is_passed_by_nobody_who_needs_less() throws Exception {
        // Given
        var _ = postTo("/sized", "aa", "1");
        var _ = postTo("/sized", "b", "2");
        RoutingContext one = work();
        RoutingContext two = work();

        // When
        var _ = postTo("/sized", "cc", "for which there is no room");
        var _ = postTo("/sized", "d", "for which there is");

        // Then
        assertThat(works.poll(200, MILLISECONDS)).isNull();
        two.response().end("done");
        assertThat(work().request().getHeader("Owner")).isEqualTo("cc");
        assertThat(works.poll(200, MILLISECONDS)).isNull();
        one.response().end("done");
        assertThat(work().request().getHeader("Owner")).isEqualTo("d");
    }

    private CompletableFuture<HttpResponse<String>> postOf(String owner, String body) throws InterruptedException {
        return postTo("/shared", owner, body);
    }

    private CompletableFuture<HttpResponse<String>> postTo(String path, String owner, String body)
            throws InterruptedException {
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .version(HttpClient.Version.HTTP_1_1)
                        .header("Owner", owner)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        // In the order in which they are sent.
        Thread.sleep(100);
        return answer;
    }

    private RoutingContext work() throws InterruptedException {
        RoutingContext next = works.poll(20, SECONDS);
        assertThat(next).as("nobody comes").isNotNull();
        return next;
    }

    private CompletableFuture<HttpResponse<String>> post(String body) {
        return http.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/news"))
                        .version(HttpClient.Version.HTTP_1_1)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
