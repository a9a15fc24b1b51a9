package io.siaran.rest;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Looks at one image as a platform would: it is there, it is a picture, it is not too large. The address is a tenant's, so it
 * is judged like a device's server, as it is written and as it resolves, and after each redirect again; what was judged is what is
 * called. Waits.
 */
final class MediaFetch {

    private static final String INTERNAL = "must not be an address of an internal network";
    private static final int MOST_REDIRECTS = 3;
    private static final int BYTES_THAT_TELL = 8;
    private static final long MEBIBYTE = 1L << 20;
    private static final Set<String> TYPES = Set.of("image/jpeg", "image/jpg", "image/png");

    private final ImageDownload download;
    private final NameServer names;
    private final long largest;
    private final Duration patience;
    private final Predicate<InetAddress> isInternal;

    /** Whom a name is asked of; waits. */
    interface NameServer {
        InetAddress[] addresses(String name) throws UnknownHostException, InterruptedException;
    }

    /** @param isInternal whether an address is one where nobody may be led */
    MediaFetch(
            ImageDownload download,
            NameServer names,
            long largest,
            Duration patience,
            Predicate<InetAddress> isInternal) {
        this.download = download;
        this.names = names;
        this.largest = largest;
        this.patience = patience;
        this.isInternal = isInternal;
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
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        String host = url.getHost();
        if (!(scheme.equals("http") || scheme.equals("https")) || host == null || url.getUserInfo() != null) {
            return Optional.of("must be an http or https URL without a user");
        }
        InetAddress[] addresses = names.addresses(host);
        for (InetAddress address : addresses) {
            if (isInternal.test(address)) {
                return Optional.of(INTERNAL);
            }
        }
        Look look = new Look();
        ImageDownload.Head answer = download.get(url, addresses[0], patience, look);
        int status = answer.status();
        if (status >= 300 && status < 400) {
            return redirected(url, answer.header("Location"), redirects);
        }
        return status == 200 ? judged(answer, look) : Optional.of("cannot be fetched: its server answers " + status);
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

    private Optional<String> judged(ImageDownload.Head answer, Look look) {
        if (!isNamedAsImage(answer) || !isImage(look.first.getBytes())) {
            return Optional.of("must be a JPEG or PNG image");
        }
        return answer.length().orElse(look.size) > largest
                ? Optional.of("is larger than " + largest / MEBIBYTE + " MiB, the most that every platform takes")
                : Optional.empty();
    }

    private static boolean isNamedAsImage(ImageDownload.Head answer) {
        String type = answer.header("Content-Type").orElse("");
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

    /** Reads no more than tells what it is and, where its server does not say, how large. */
    private final class Look implements ImageDownload.Reader {

        private final Buffer first = Buffer.buffer();
        private boolean isSizeTold;
        private long size;

        @Override
        public boolean begins(ImageDownload.Head head) {
            isSizeTold = head.length().isPresent();
            return head.status() == 200;
        }

        @Override
        public boolean takes(Buffer part) {
            size += part.length();
            first.appendBuffer(part, 0, Math.min(part.length(), BYTES_THAT_TELL - first.length()));
            return first.length() < BYTES_THAT_TELL || (!isSizeTold && size <= largest);
        }
    }
}
