package io.siaran.gateway.provider.whatsappweb.bridge;

import io.siaran.model.UserId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How much memory images may take, and how much of it those of one user: whose server is slow fills that share and nobody else's.
 * Nobody waits. What is larger than all of it, or than a share, still has its turn: alone.
 */
final class ImageBudget {

    /** In base64, in the JSON around it, and in what is copied in between. */
    static final int TIMES_ITS_SIZE = 4;

    /** What a connection takes whose answer has not begun. */
    static final long AT_LEAST = 256 << 10;

    private final long whole;
    private final long share;
    private final Map<UserId, Long> held = new HashMap<>();
    private long all;

    ImageBudget(long bytes) {
        this.whole = bytes;
        this.share = bytes * 3 / 8;
    }

    /** For an image whose size is not known yet; empty where there is no room. Whoever has it closes it. */
    Optional<Place> place(UserId user) {
        Place place = new Place(user);
        return place.take(AT_LEAST) ? Optional.of(place) : Optional.empty();
    }

    /** What one image takes. */
    final class Place implements AutoCloseable {

        private final UserId user;
        private long own;
        private boolean closed;

        private Place(UserId user) {
            this.user = user;
        }

        /** Whether there is room for an image of that many bytes; if so, it takes that much from now on, and no more. */
        boolean holds(long imageSize) {
            return take(Math.max(AT_LEAST, imageSize * TIMES_ITS_SIZE));
        }

        private boolean take(long bytes) {
            synchronized (ImageBudget.this) {
                if (closed || (bytes > own && !fits(bytes))) {
                    return false;
                }
                change(bytes - own);
                return true;
            }
        }

        private boolean fits(long bytes) {
            long others = all - own;
            long ofTheUser = held.getOrDefault(user, 0L) - own;
            return others == 0 || (others + bytes <= whole && (ofTheUser == 0 || ofTheUser + bytes <= share));
        }

        private void change(long by) {
            own += by;
            all += by;
            held.merge(user, by, (before, more) -> before + more == 0 ? null : before + more);
        }

        @Override
        public void close() {
            synchronized (ImageBudget.this) {
                change(-own);
                closed = true;
            }
        }
    }
}
