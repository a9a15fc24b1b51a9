package io.siaran.gateway.provider;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.device.ServerAddresses;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Calls one platform as every platform is called: within its time-out, without redirects, without a repeated request, with
 * a bound on the length of an answer and on the calls under way at one server. For virtual threads.
 *
 * @param <A> the platform's API, a REST client interface whose methods name the server by {@code @Url}
 */
public final class PlatformClient<A> {

    private static final String FULL = "too many calls of its server are under way";

    private final A api;
    private final Duration timeout;
    private final Duration questionTimeout;
    private final HostPermits sends;
    private final HostPermits questions;

    private PlatformClient(A api, Duration timeout, ProviderConfig config) {
        this.api = api;
        this.timeout = timeout;
        this.questionTimeout = config.questionTimeout();
        this.sends = new HostPermits(config.maxConnections());
        this.questions = new HostPermits(config.questionsAtOnce());
    }

    /** Of servers that tenants name: calls none that turns out to be within our own network. */
    public static <A> PlatformClient<A> ofTenants(
            Class<A> api, ProviderConfig config, Duration timeout, ServerAddresses addresses) {
        return of(api, config, timeout, addresses::isInside);
    }

    /**
     * Of servers of the installation.
     *
     * @param timeout of a send, until its whole answer is read
     */
    public static <A> PlatformClient<A> of(Class<A> api, ProviderConfig config, Duration timeout) {
        return of(api, config, timeout, _ -> false);
    }

    private static <A> PlatformClient<A> of(
            Class<A> api, ProviderConfig config, Duration timeout, Predicate<InetAddress> forbidden) {
        A client = QuarkusRestClientBuilder.newBuilder()
                // Never called: each call names its device's own server.
                .baseUri(URI.create("http://unused.invalid"))
                .connectTimeout(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                // A redirect could lead a credential, or the call itself, into our own network.
                .followRedirects(false)
                .property("io.quarkus.rest.client.connection-ttl", (int)
                        config.idleTimeout().toSeconds())
                // One for each permit: what waited for a connection would count as written.
                .property(
                        "io.quarkus.rest.client.connection-pool-size",
                        config.maxConnections() + config.questionsAtOnce())
                // A handshake that hangs has written no request; it must not end as an answer that was lost.
                .httpClientOptionsCustomizer(options -> options.setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setSslHandshakeTimeout(config.connectTimeout().toMillis()))
                .httpClientRequestCustomizer(ConnectedServer.refuse(forbidden).andThen(AnswerLimit::watch))
                // A refusal is an answer to read, not an exception.
                .property("microprofile.rest.client.disable.default.mapper", true)
                .build(api);
        return new PlatformClient<>(client, timeout, config);
    }

    public A api() {
        return api;
    }

    /** Within which a send returns. */
    public Duration timeout() {
        return timeout;
    }

    /**
     * A send: what is known not to have left is {@code NotSent}, any other failure is {@code Unknown}. Beyond our own bound nothing is
     * called.
     */
    public SendOutcome send(
            String server, Supplier<Uni<Response>> call, Function<PlatformAnswer, SendOutcome> meaning) {
        return sends.run(
                server, () -> sent(call, meaning), () -> new SendOutcome.Uncalled(new SendOutcome.NotSent(FULL)));
    }

    private SendOutcome sent(Supplier<Uni<Response>> call, Function<PlatformAnswer, SendOutcome> meaning) {
        try {
            return meaning.apply(answer(call.get(), timeout));
        } catch (RuntimeException failure) {
            return Unsent.proof(failure)
                    .<SendOutcome>map(SendOutcome.NotSent::new)
                    .orElseGet(() -> new SendOutcome.Unknown(rootOf(failure)));
        }
    }

    /** A question about a device: a failure says nothing of it. */
    public Health health(String server, Supplier<Uni<Response>> call, Function<PlatformAnswer, Health> meaning) {
        return ask(server, call, meaning, why -> new Health.CannotBeAsked(why, Duration.ZERO));
    }

    /** Any question that sends nothing; {@code otherwise} reads why there was no answer. */
    public <T> T ask(
            String server,
            Supplier<Uni<Response>> call,
            Function<PlatformAnswer, T> meaning,
            Function<String, T> otherwise) {
        return questions.run(server, () -> asked(call, meaning, otherwise), () -> otherwise.apply(FULL));
    }

    private <T> T asked(
            Supplier<Uni<Response>> call, Function<PlatformAnswer, T> meaning, Function<String, T> otherwise) {
        try {
            return meaning.apply(answer(call.get(), questionTimeout));
        } catch (RuntimeException failure) {
            return otherwise.apply("the platform cannot be reached: " + rootOf(failure));
        }
    }

    /** The client's own time-outs start again with every byte; this one does not. */
    private static PlatformAnswer answer(Uni<Response> call, Duration atMost) {
        return call.map(PlatformClient::read).await().atMost(atMost);
    }

    private static PlatformAnswer read(Response response) {
        try (response) {
            return new PlatformAnswer(
                    response.getStatus(),
                    response.getHeaderString(HttpHeaders.RETRY_AFTER),
                    response.readEntity(String.class),
                    Clock.systemUTC().instant());
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
