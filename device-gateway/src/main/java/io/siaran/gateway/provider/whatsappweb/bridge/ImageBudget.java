package io.siaran.gateway.provider.whatsappweb.bridge;

import io.siaran.model.UserId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How much memory images may take, and how much of it those of one user: whose server is slow fills that share and nobody else's.
 * Nobody waits. What is larger than all of it, or than a share, still has its turn: when no other image is there. Connections whose
 * answer has not begun are in nobody's way then: they hold no image.
 */
final class ImageBudget {

    /** In base64, in the JSON around it, and in what is copied in between. */
    static final int TIMES_ITS_SIZE = 4;

    /** What a connection takes whose answer has not begun. */
    static final long AT_LEAST = 256 << 10;

    private final long whole;
    private final long share;
    private final Map<UserId, Long> held = new HashMap<>();
    private final Map<UserId, Integer> images = new HashMap<>();
    private long all;

    ImageBudget(long bytes) {
        this.whole = bytes;
        this.share = bytes * 3 / 8;
    }

    /** For an image whose size is not known yet; empty where there is no room. Whoever has it closes it. */
    Optional<Place> place(UserId user) {
        Place place = new Place(user);
        return place.take(AT_LEAST, false) ? Optional.of(place) : Optional.empty();
    }

    /** What one image takes. */
    final class Place implements AutoCloseable {

        private final UserId user;
        private long own;
        private boolean isImage;
        private boolean closed;

        private Place(UserId user) {
            this.user = user;
        }

        /** Whether there is room for an image of that many bytes; if so, it takes that much from now on, and no more. */
        boolean holds(long imageSize) {
            return take(Math.max(AT_LEAST, imageSize * TIMES_ITS_SIZE), true);
        }

        private boolean take(long bytes, boolean ofAnImage) {
            synchronized (ImageBudget.this) {
                if (closed || (bytes > own && !fits(bytes, ofAnImage))) {
                    return false;
                }
                change(bytes - own, ofAnImage);
                return true;
            }
        }

        private boolean fits(long bytes, boolean ofAnImage) {
            long others = all - own;
            long ofTheUser = held.getOrDefault(user, 0L) - own;
            int otherImages = images.values().stream().mapToInt(each -> each).sum() - (isImage ? 1 : 0);
            int otherImagesOfTheUser = images.getOrDefault(user, 0) - (isImage ? 1 : 0);
            boolean alone = others == 0 || (ofAnImage && otherImages == 0);
            boolean aloneOfTheUser = ofTheUser == 0 || (ofAnImage && otherImagesOfTheUser == 0);
            return alone || (others + bytes <= whole && (aloneOfTheUser || ofTheUser + bytes <= share));
        }

        private void change(long by, boolean ofAnImage) {
            own += by;
            all += by;
            held.merge(user, by, (before, more) -> before + more == 0 ? null : before + more);
            if (ofAnImage != isImage) {
                isImage = ofAnImage;
                images.merge(user, ofAnImage ? 1 : -1, (before, more) -> before + more == 0 ? null : before + more);
            }
        }

        @Override
        public void close() {
            synchronized (ImageBudget.this) {
                change(-own, false);
                closed = true;
            }
        }
    }
}
