package io.siaran.gateway.provider;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.siaran.gateway.device.Health;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Calls one platform as every platform is called: within the configured time-outs, without redirects, without a repeated
 * request, and with a bound on the length of an answer. For virtual threads.
 *
 * @param <A> the platform's API, a REST client interface whose methods name the server by {@code @Url}
 */
public final class PlatformClient<A> {

    private final A api;
    private final Duration timeout;

    private PlatformClient(A api, Duration timeout) {
        this.api = api;
        this.timeout = timeout;
    }

    public static <A> PlatformClient<A> of(Class<A> api, ProviderConfig config) {
        A client = QuarkusRestClientBuilder.newBuilder()
                // Never called: each call names its device's own server.
                .baseUri(URI.create("http://unused.invalid"))
                .connectTimeout(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS)
                // A redirect could lead a credential, or the call itself, into our own network.
                .followRedirects(false)
                .property("io.quarkus.rest.client.connection-ttl", (int)
                        config.idleTimeout().toSeconds())
                .property("io.quarkus.rest.client.connection-pool-size", config.maxConnections())
                // A handshake that hangs has written no request; it must not end as an answer that was lost.
                .httpClientOptionsCustomizer(options -> options.setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setSslHandshakeTimeout(config.connectTimeout().toMillis()))
                .httpClientRequestCustomizer(AnswerLimit::watch)
                // A refusal is an answer to read, not an exception.
                .property("microprofile.rest.client.disable.default.mapper", true)
                .build(api);
        return new PlatformClient<>(client, config.timeout());
    }

    public A api() {
        return api;
    }

    /** A send: what is known not to have left is {@code NotSent}, any other failure is {@code Unknown}. */
    public SendOutcome send(Supplier<Uni<Response>> call, Function<PlatformAnswer, SendOutcome> meaning) {
        try {
            return meaning.apply(answer(call.get()));
        } catch (RuntimeException failure) {
            return Unsent.proof(failure)
                    .<SendOutcome>map(SendOutcome.NotSent::new)
                    .orElseGet(() -> new SendOutcome.Unknown(rootOf(failure)));
        }
    }

    /** A question about a device: any failure means that it is not connected. */
    public Health health(Supplier<Uni<Response>> call, Function<PlatformAnswer, Health> meaning) {
        try {
            return meaning.apply(answer(call.get()));
        } catch (RuntimeException failure) {
            return new Health.NotConnected("the platform cannot be reached: " + rootOf(failure));
        }
    }

    /** The client's own time-outs start again with every byte; this one does not. */
    private PlatformAnswer answer(Uni<Response> call) {
        return call.map(PlatformClient::read).await().atMost(timeout);
    }

    private static PlatformAnswer read(Response response) {
        try (response) {
            return new PlatformAnswer(
                    response.getStatus(),
                    response.getHeaderString(HttpHeaders.RETRY_AFTER),
                    response.readEntity(String.class));
        }
    }

    private static String rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName();
    }
}
