package io.siaran.gateway.provider.whatsappweb.bridge;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Fetches the images that a message names: a tenant wrote the address, so it must not lead into our own network, not by a
 * redirect either. The JVM keeps what a name was resolved to for some seconds, so the address that was checked is the one
 * that is called. For virtual threads.
 */
final class BridgeImages {

    static final int LARGEST = 5 << 20;

    private static final int MOST_REDIRECTS = 3;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final Predicate<String> leadsInside;
    private final Duration timeout;
    private final HttpClient http;

    /** @param leadsInside whether a server is in an internal network */
    BridgeImages(Predicate<String> leadsInside, BridgeConfig config) {
        this.leadsInside = leadsInside;
        this.timeout = config.imageTimeout();
        this.http = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** What came of it: nothing of the message has left. */
    sealed interface Fetched {

        /** As the bridge takes it. */
        record Image(Map<String, Object> body) implements Fetched {}

        /** The same address will never give an image that can be sent. */
        record Useless(String why) implements Fetched {}

        /** Another time it may. */
        record NotNow(String why) implements Fetched {}
    }

    Fetched fetch(String url) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            URI address = URI.create(url);
            for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
                if (!isOutside(address)) {
                    return new Fetched.Useless("the image's address is none of the internet");
                }
                HttpResponse<byte[]> response = get(address, deadline);
                Optional<String> elsewhere = redirect(response.statusCode(), response.headers());
                if (elsewhere.isEmpty()) {
                    return read(response);
                }
                address = address.resolve(elsewhere.get());
            }
            return new Fetched.Useless("the image's address leads from one to another");
        } catch (IllegalArgumentException noAddress) {
            return new Fetched.Useless("the image's address is none");
        } catch (ExecutionException | TimeoutException failure) {
            return new Fetched.NotNow("the image cannot be fetched");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Fetched.NotNow("the image cannot be fetched");
        }
    }

    private boolean isOutside(URI address) {
        String scheme = address.getScheme();
        boolean isWeb = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        return isWeb && address.getHost() != null && !leadsInside.test(scheme + "://" + address.getRawAuthority());
    }

    /** The client's own time-out ends with the headers; a server that sends a byte a minute must end too. */
    private HttpResponse<byte[]> get(URI address, long deadline)
            throws ExecutionException, TimeoutException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(timeout).build();
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, _ -> new BoundedBody(LARGEST));
        try {
            return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } finally {
            answer.cancel(true);
        }
    }

    private static Optional<String> redirect(int status, HttpHeaders headers) {
        return REDIRECTS.contains(status) ? headers.firstValue("Location") : Optional.empty();
    }

    private static Fetched read(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status != 200) {
            return status / 100 == 5 || status == 429 || status == 408
                    ? new Fetched.NotNow("the image's server answers " + status)
                    : new Fetched.Useless("the image's server answers " + status);
        }
        byte[] bytes = response.body();
        if (bytes.length > LARGEST) {
            return new Fetched.Useless("the image is larger than " + (LARGEST >> 20) + " MiB");
        }
        String data = Base64.getEncoder().encodeToString(bytes);
        return type(bytes)
                .<Fetched>map(type -> new Fetched.Image(Map.of("mimetype", type, "data", data)))
                .orElseGet(() -> new Fetched.Useless("it is no JPEG or PNG image"));
    }

    /** By its first bytes: what a server says of a file is not always so. */
    private static Optional<String> type(byte[] bytes) {
        if (begins(bytes, 0xff, 0xd8, 0xff)) {
            return Optional.of("image/jpeg");
        }
        return begins(bytes, 0x89, 'P', 'N', 'G') ? Optional.of("image/png") : Optional.empty();
    }

    private static boolean begins(byte[] bytes, int... first) {
        if (bytes.length < first.length) {
            return false;
        }
        for (int i = 0; i < first.length; i++) {
            if ((bytes[i] & 0xff) != first[i]) {
                return false;
            }
        }
        return true;
    }
}
