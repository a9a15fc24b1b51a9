package io.siaran.gateway.provider.wablas;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.device.Platform;
import io.siaran.gateway.provider.AnswerLimit;
import io.siaran.gateway.provider.Capability;
import io.siaran.gateway.provider.OutgoingMessage;
import io.siaran.gateway.provider.ProviderAdapter;
import io.siaran.gateway.provider.ProviderConfig;
import io.siaran.gateway.provider.SendOutcome;
import io.siaran.gateway.provider.Unsent;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Sends through Wablas. */
@Singleton
class WablasAdapter implements ProviderAdapter {

    private static final int LONGEST_TEXT = 1_024;

    private final WablasApi api;
    private final Duration timeout;

    WablasAdapter(ProviderConfig config) {
        this.timeout = config.timeout();
        this.api = QuarkusRestClientBuilder.newBuilder()
                // Never called: each call names its device's own server.
                .baseUri(URI.create("http://unused.invalid"))
                .connectTimeout(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .property("io.quarkus.rest.client.connection-ttl", (int)
                        config.idleTimeout().toSeconds())
                .property("io.quarkus.rest.client.connection-pool-size", config.maxConnections())
                // A handshake that hangs has written no request; it must not end as an answer that was lost.
                .httpClientOptionsCustomizer(options -> options.setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setSslHandshakeTimeout(config.connectTimeout().toMillis()))
                .httpClientRequestCustomizer(AnswerLimit::watch)
                // A refusal is an answer to read, not an exception.
                .property("microprofile.rest.client.disable.default.mapper", true)
                .build(WablasApi.class);
    }

    @Override
    public Platform platform() {
        return Platform.WABLAS;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.CLIENT_MESSAGE_ID,
                Capability.RECEIPTS,
                Capability.INBOUND,
                Capability.QR,
                Capability.CONNECTION_EVENTS);
    }

    @Override
    public int longestText() {
        return LONGEST_TEXT;
    }

    @Override
    public SendOutcome send(ConnectedDevice device, OutgoingMessage message) {
        try {
            return answer(request(device, message)).toOutcome();
        } catch (RuntimeException failure) {
            return Unsent.proof(failure)
                    .<SendOutcome>map(SendOutcome.NotSent::new)
                    .orElseGet(() -> new SendOutcome.Unknown(rootOf(failure)));
        }
    }

    @Override
    public Health health(ConnectedDevice device) {
        try {
            return answer(api.deviceInfo(device.baseUrl(), device.credential().secret()))
                    .toHealth();
        } catch (RuntimeException failure) {
            return new Health.NotConnected("the platform cannot be reached: " + rootOf(failure));
        }
    }

    private Uni<Response> request(ConnectedDevice device, OutgoingMessage message) {
        String credential = device.credential().secret();
        String phone = message.recipient().digits();
        String id = message.id().toString();
        return message.imageUrl()
                .map(image -> api.sendImage(device.baseUrl(), credential, phone, image, message.text(), id))
                .orElseGet(() -> api.sendMessage(device.baseUrl(), credential, phone, message.text(), id));
    }

    /** The client's own time-outs begin anew with every byte; this one does not. */
    private WablasAnswer answer(Uni<Response> call) {
        return call.map(WablasAdapter::read).await().atMost(timeout);
    }

    private static WablasAnswer read(Response response) {
        try (response) {
            return new WablasAnswer(
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
