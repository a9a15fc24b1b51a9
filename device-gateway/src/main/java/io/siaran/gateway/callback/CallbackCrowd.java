package io.siaran.gateway.callback;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.siaran.gateway.device.CallbackConfig;
import io.siaran.gateway.device.CallbackSecrets;
import io.siaran.model.DeviceId;
import io.siaran.rest.BodyDeadline;
import io.siaran.rest.WaitingLine;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Bounds the callbacks that are in the works at once, of all platforms together. Without it each took some 20 kB while it waited
 * for the database, and a burst of some thousands took the whole heap and the process with it. A body takes a place for each 64 KiB
 * of it, since the whole of it is in memory, more than once. A device has its share of the
 * places and of the line, and so has a user with all of its devices, so that who sends a lot keeps no other out. Who sends slowly
 * is let go. Who does not know an address, or one that has ended, stands in a short line of its own.
 */
@ApplicationScoped
class CallbackCrowd {

    private static final int ORDER = RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT - 3;
    private static final Duration LATER = Duration.ofSeconds(2);
    private static final String ADDRESS = CallbackAddress.class.getName();
    /** What a callback of one place may have in bytes; nearly all have less. */
    private static final int PLACE = 65_536;

    private static final int STRANGERS_AT_ONCE = 32;
    private static final int STRANGERS_WAITING = 64;

    /** After {@code /api/v1/callbacks/}: platform, device and secret. */
    private static final int PLATFORM = 4;

    private static final int DEVICE = 5;
    private static final int SECRET = 6;
    private static final int PARTS = 7;

    private final CallbackSecrets secrets;
    private final CalledDevices devices;
    private final WaitingLine platforms;
    private final WaitingLine strangers;
    private final BodyDeadline deadline;
    private final long longestBody;

    CallbackCrowd(
            ObjectMapper mapper,
            CallbackSecrets secrets,
            CalledDevices devices,
            CallbackConfig config,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize longestBody) {
        this.longestBody = longestBody.asLongValue();
        this.secrets = secrets;
        this.devices = devices;
        this.platforms = new WaitingLine(
                mapper,
                config.atOnce(),
                config.waiting(),
                LATER,
                this::places,
                new WaitingLine.Share(
                        exchange -> devices.owner(address(exchange).device()),
                        config.atOnceOfUser(),
                        config.waitingOfUser()),
                new WaitingLine.Share(CallbackCrowd::address, config.atOnceOfDevice(), config.waitingOfDevice()));
        this.strangers = new WaitingLine(mapper, STRANGERS_AT_ONCE, STRANGERS_WAITING, LATER, this::places);
        this.deadline = new BodyDeadline(mapper, config.bodyWithin());
    }

    void register(@Observes Router router) {
        router.post("/api/v1/callbacks/*")
                .order(ORDER)
                .handler(this::enter)
                .handler(deadline)
                .failureHandler(CallbackCrowd::fail);
    }

    /**
     * What fails once it is answered, as the reading of a body does that was let go or is too long, is nobody's matter. Quarkus would
     * log it with its path, and in it the secret.
     */
    private static void fail(RoutingContext exchange) {
        if (!exchange.response().ended()) {
            exchange.next();
        }
    }

    /** How many known callers wait, unread; for tests. */
    int waiting() {
        return platforms.waiting();
    }

    /** By the length that it announces; without one it may have the longest. */
    private int places(RoutingContext exchange) {
        String announced = exchange.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        long length = announced == null ? longestBody : Math.min(longestBody, Long.parseLong(announced));
        return Math.toIntExact(Math.max(1, Math.ceilDiv(length, PLACE)));
    }

    private void enter(RoutingContext exchange) {
        Optional<CallbackAddress> address =
                address(exchange.request().path()).filter(known -> !devices.hasEnded(known));
        address.ifPresent(known -> exchange.put(ADDRESS, known));
        (address.isPresent() ? platforms : strangers).handle(exchange);
    }

    /**
     * The address whose secret is in the path; however its device is spelt, it is one. Costs one HMAC, and waits for no database:
     * whether the secret still holds is judged again later, as all else is.
     */
    private Optional<CallbackAddress> address(String path) {
        String[] parts = path.split("/", PARTS + 1);
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        try {
            DeviceId device = DeviceId.of(parts[DEVICE]);
            OptionalInt generation = secrets.generation(parts[PLATFORM], device, parts[SECRET]);
            return generation.isPresent()
                    ? Optional.of(new CallbackAddress(device, generation.getAsInt()))
                    : Optional.empty();
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }

    private static CallbackAddress address(RoutingContext exchange) {
        return exchange.get(ADDRESS);
    }
}
