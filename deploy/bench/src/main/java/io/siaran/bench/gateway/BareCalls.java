package io.siaran.bench.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;

/** The platform's call without a gateway: so many clients, each sending the next message when one is answered. */
final class BareCalls {

    private final Site site;
    private volatile boolean open = true;

    BareCalls(Site site) {
        this.site = site;
    }

    /** Calls a second, over so many connections, for so many seconds. */
    double measure(int connections, int seconds) throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        LongAdder answered = new LongAdder();
        HttpClient client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(connections));
        for (int i = 0; i < connections; i++) {
            callForEver(client, URI.create(site.simulator().wablasUrl()), answered);
        }
        Thread.sleep(seconds * 300L);
        long begun = System.nanoTime();
        long before = answered.sum();
        Thread.sleep(seconds * 1_000L);
        double rate = (answered.sum() - before) / ((System.nanoTime() - begun) / 1e9);
        open = false;
        vertx.close().toCompletionStage().toCompletableFuture().join();
        return rate;
    }

    private void callForEver(HttpClient client, URI server, LongAdder answered) {
        String form = "phone=60121111111&ref_id=" + UUID.randomUUID() + "&message="
                + URLEncoder.encode(Queue.TEXT, StandardCharsets.UTF_8);
        client.request(HttpMethod.POST, server.getPort(), server.getHost(), server.getPath() + "/api/send-message")
                .compose(request -> request.putHeader("Authorization", "sim-bare")
                        .putHeader("Content-Type", "application/x-www-form-urlencoded")
                        .send(form))
                .compose(response -> response.body())
                .onSuccess(_ -> {
                    answered.increment();
                    if (open) {
                        callForEver(client, server, answered);
                    }
                });
    }
}
