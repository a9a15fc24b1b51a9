package io.siaran.gateway.provider.whatsappweb.bridge;

import io.siaran.gateway.device.ServerNames;
import io.siaran.gateway.provider.whatsappweb.bridge.ImageBudget.Place;
import io.siaran.rest.ImageDownload;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Fetches the images that a message names: a tenant wrote the address, so it must not lead into our own network, not by a
 * redirect either. The network address that was judged is the one that is called. For virtual threads.
 */
final class BridgeImages {

    static final int LARGEST = 5 << 20;

    private static final int MOST_REDIRECTS = 3;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final ImageDownload download;
    private final ServerNames names;
    private final Predicate<InetAddress> isInside;
    private final Duration timeout;

    /** @param isInside whether an address is in an internal network */
    BridgeImages(ImageDownload download, ServerNames names, Predicate<InetAddress> isInside, Duration timeout) {
        this.download = download;
        this.names = names;
        this.isInside = isInside;
        this.timeout = timeout;
    }

    /** What came of it: nothing of the message has left. */
    sealed interface Fetched {

        /** As the bridge takes it. */
        record Image(Map<String, Object> body) implements Fetched {}

        /** The same address will never give an image that can be sent. */
        record Useless(String why) implements Fetched {}

        /** Another time it may. */
        record NotNow(String why) implements Fetched {}

        /** There is no memory for it just now, and that is not its server's fault. */
        record NoRoom() implements Fetched {}
    }

    /** @param place what it takes, as long as the image is held */
    Fetched fetch(String url, Place place) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            URI address = URI.create(url);
            for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
                if (!isOfTheWeb(address)) {
                    return new Fetched.Useless("the image's address is none of the internet");
                }
                Optional<InetAddress> server = names.address(address.getHost());
                if (server.isEmpty()) {
                    return new Fetched.NotNow("the image cannot be fetched");
                }
                if (isInside.test(server.get())) {
                    return new Fetched.Useless("the image's address is none of the internet");
                }
                Body body = new Body(place);
                ImageDownload.Head head =
                        download.get(address, server.get(), Duration.ofNanos(deadline - System.nanoTime()), body);
                Optional<String> elsewhere = redirect(head);
                if (elsewhere.isEmpty()) {
                    return read(head, body);
                }
                address = address.resolve(elsewhere.get());
            }
            return new Fetched.Useless("the image's address leads from one to another");
        } catch (IllegalArgumentException noAddress) {
            return new Fetched.Useless("the image's address is none");
        } catch (IOException failure) {
            return new Fetched.NotNow("the image cannot be fetched");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Fetched.NotNow("the image cannot be fetched");
        }
    }

    private static boolean isOfTheWeb(URI address) {
        String scheme = address.getScheme();
        return address.getHost() != null && ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme));
    }

    private static Optional<String> redirect(ImageDownload.Head head) {
        return REDIRECTS.contains(head.status()) ? head.header("Location") : Optional.empty();
    }

    private static Fetched read(ImageDownload.Head head, Body body) {
        int status = head.status();
        if (status != 200) {
            return status / 100 == 5 || status == 429 || status == 408
                    ? new Fetched.NotNow("the image's server answers " + status)
                    : new Fetched.Useless("the image's server answers " + status);
        }
        if (body.isTooLarge) {
            return new Fetched.Useless("the image is larger than " + (LARGEST >> 20) + " MiB");
        }
        return body.hasRoom ? image(body.bytes.getBytes(), body.place) : new Fetched.NoRoom();
    }

    private static Fetched image(byte[] bytes, Place place) {
        // What its server did not say is known now.
        place.holds(bytes.length);
        Optional<ImageHead> head = ImageHead.of(bytes);
        if (head.isEmpty()) {
            return new Fetched.Useless("it is no JPEG or PNG image");
        }
        if (head.get().isTooLarge()) {
            return new Fetched.Useless("the image is %d x %d pixels: it may have %d, and %d on a side"
                    .formatted(head.get().width(), head.get().height(), ImageHead.MOST_PIXELS, ImageHead.LONGEST_SIDE));
        }
        String data = Base64.getEncoder().encodeToString(bytes);
        return new Fetched.Image(Map.of("mimetype", head.get().mimetype(), "data", data));
    }

    /** Nothing of an image is read that is too large, or for which there is no room. */
    private static final class Body implements ImageDownload.Reader {

        private final Place place;
        private Buffer bytes = Buffer.buffer();
        /** So much of it there is room for. */
        private long room = ImageBudget.AT_LEAST / ImageBudget.TIMES_ITS_SIZE;

        private boolean isTooLarge;
        private boolean hasRoom;

        private Body(Place place) {
            this.place = place;
        }

        @Override
        public boolean begins(ImageDownload.Head head) {
            if (head.status() != 200) {
                return false;
            }
            // Where its server does not say how large it is, room is taken as it comes: most images are small.
            long size = head.length().orElse(0L);
            isTooLarge = size > LARGEST;
            hasRoom = !isTooLarge && makesRoomFor(size);
            if (hasRoom) {
                bytes = Buffer.buffer((int) size);
            }
            return hasRoom;
        }

        private boolean makesRoomFor(long size) {
            if (size <= room) {
                return true;
            }
            room = size;
            return place.holds(size);
        }

        @Override
        public boolean takes(Buffer part) {
            int size = bytes.length() + part.length();
            isTooLarge = size > LARGEST;
            if (!isTooLarge && size > room) {
                hasRoom = makesRoomFor(Math.min(LARGEST, 2L * size));
            }
            if (isTooLarge || !hasRoom) {
                return false;
            }
            bytes.appendBuffer(part);
            return true;
        }
    }
}
