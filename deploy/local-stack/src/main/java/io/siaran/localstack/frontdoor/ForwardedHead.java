package io.siaran.localstack.frontdoor;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which headers pass the front door, and what it says itself about where a request came from. */
final class ForwardedHead {

    private static final Set<String> OF_ONE_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** Only the front door says these. */
    private static final Set<String> OWN =
            Set.of("host", "content-length", "expect", "forwarded", "x-real-ip", "x-request-id");

    private static final String OWN_PREFIX = "x-forwarded-";

    private final Set<String> hosts;
    private final String host;

    /** @param port of the front door: callers may name it by either name of the loopback address */
    ForwardedHead(int port) {
        this.host = "127.0.0.1:" + port;
        this.hosts = Set.of(host, "localhost:" + port);
    }

    /** What the service gets. A {@code Host} that is not ours would become part of a {@code Location}. */
    MultiMap toService(HttpServerRequest request, String requestId) {
        String asked = String.valueOf(request.getHeader("Host")).toLowerCase(Locale.ROOT);
        String trusted = hosts.contains(asked) ? asked : host;
        MultiMap passed = MultiMap.caseInsensitiveMultiMap();
        copy(request.headers(), passed);
        OWN.forEach(passed::remove);
        passed.names().stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(OWN_PREFIX))
                .toList()
                .forEach(passed::remove);
        return passed.set("Host", trusted)
                .set("X-Forwarded-Host", trusted)
                .set("X-Forwarded-Proto", "http")
                .set("X-Forwarded-For", request.remoteAddress().hostAddress())
                .set(RequestId.HEADER, requestId);
    }

    /** Copies all but what belongs to one connection. */
    static void copy(MultiMap from, MultiMap to) {
        Set<String> named = from.getAll("Connection").stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        Set<String> left =
                Stream.concat(OF_ONE_CONNECTION.stream(), named.stream()).collect(Collectors.toSet());
        from.forEach((name, value) -> {
            if (!left.contains(name.toLowerCase(Locale.ROOT))) {
                to.add(name, value);
            }
        });
    }
}
