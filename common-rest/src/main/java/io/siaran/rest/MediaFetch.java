package io.siaran.rest;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Looks at one image as a platform would: it is there, it is a picture, it is not too large. The address is a tenant's, so it
 * is judged like a device's server, as it is written and as it resolves, and after each redirect again. Waits.
 */
final class MediaFetch {

    private static final String INTERNAL = "must not be an address of an internal network";
    private static final int MOST_REDIRECTS = 3;
    private static final int BYTES_THAT_TELL = 8;
    private static final long MEBIBYTE = 1L << 20;
    private static final Set<String> TYPES = Set.of("image/jpeg", "image/jpg", "image/png");

    private final HttpClient http;
    private final long largest;
    private final Duration patience;
    private final Predicate<String> isInternal;

    /** @param isInternal whether a host is where nobody may be led */
    MediaFetch(long largest, Duration patience, Predicate<String> isInternal) {
        this.largest = largest;
        this.patience = patience;
        this.isInternal = isInternal;
        // It never follows by itself: a redirect may lead inside.
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience)
                .build();
    }

    /** What is wrong with the image; empty where nothing is. Throws only when interrupted. */
    Optional<String> objection(String url) throws InterruptedException {
        try {
            return objection(new URI(url), 0);
        } catch (URISyntaxException | IllegalArgumentException noUrl) {
            return Optional.of("must be an http or https URL");
        } catch (IOException unreachable) {
            // Not what the network said: that is ours.
            return Optional.of("cannot be fetched: its server did not answer properly");
        }
    }

    private Optional<String> objection(URI url, int redirects) throws IOException, InterruptedException {
        Optional<String> forbidden = forbidden(url);
        if (forbidden.isPresent()) {
            return forbidden;
        }
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(patience)
                .header("Accept", "image/jpeg, image/png")
                .GET()
                .build();
        HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            int status = answer.statusCode();
            if (status >= 300 && status < 400) {
                return redirected(url, answer.headers().firstValue("Location"), redirects);
            }
            return status == 200
                    ? judged(answer, body)
                    : Optional.of("cannot be fetched: its server answers " + status);
        }
    }

    private Optional<String> forbidden(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        String host = url.getHost();
        if (!(scheme.equals("http") || scheme.equals("https")) || host == null || url.getUserInfo() != null) {
            return Optional.of("must be an http or https URL without a user");
        }
        return isInternal.test(host) ? Optional.of(INTERNAL) : Optional.empty();
    }

    private Optional<String> redirected(URI from, Optional<String> location, int redirects)
            throws IOException, InterruptedException {
        if (location.isEmpty() || redirects == MOST_REDIRECTS) {
            return Optional.of("cannot be fetched: its server redirects without end");
        }
        try {
            return objection(from.resolve(new URI(location.get())), redirects + 1);
        } catch (URISyntaxException unreadable) {
            return Optional.of("cannot be fetched: its server redirects to nowhere");
        }
    }

    private Optional<String> judged(HttpResponse<?> answer, InputStream body) throws IOException {
        byte[] first = body.readNBytes(BYTES_THAT_TELL);
        if (!isNamedAsImage(answer) || !isImage(first)) {
            return Optional.of("must be a JPEG or PNG image");
        }
        long told = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
        long size = told >= 0 ? told : first.length + counted(body);
        return size > largest
                ? Optional.of("is larger than " + largest / MEBIBYTE + " MiB, the most that every platform takes")
                : Optional.empty();
    }

    private static boolean isNamedAsImage(HttpResponse<?> answer) {
        String type = answer.headers().firstValue("Content-Type").orElse("");
        return TYPES.contains(type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    }

    /** By its first bytes: a page that says "not found" is often called an image as well. */
    private static boolean isImage(byte[] first) {
        return starts(first, 0xff, 0xd8, 0xff) || starts(first, 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a);
    }

    private static boolean starts(byte[] bytes, int... with) {
        for (int i = 0; i < with.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xff) != with[i]) {
                return false;
            }
        }
        return true;
    }

    /** No more than tells that it is too large. */
    private long counted(InputStream body) throws IOException {
        byte[] buffer = new byte[16_384];
        long size = 0;
        int read = body.read(buffer);
        while (read >= 0 && size <= largest) {
            size += read;
            read = body.read(buffer);
        }
        return size;
    }
}
