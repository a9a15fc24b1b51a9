package io.siaran.gateway.provider.whatsappweb.bridge;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What an image says of itself in its first bytes: what a server says of a file is not always so, and a small file may be
 * a very large image, which whoever decodes it holds in memory. The bridge refuses by the same limits ({@code image-head.ts}).
 *
 * @param width in pixels, as {@code height}
 */
record ImageHead(String mimetype, long width, long height) {

    /** As many as the largest cameras of phones have, 16 times the usual 12 million. */
    static final long MOST_PIXELS = 200_000_000;

    static final int LONGEST_SIDE = 32_767;

    private static final long PNG = 0x89504e470d0a1a0aL;
    private static final int PNG_HEAD = 24;
    private static final int IHDR = 0x49484452;

    /** Of a frame's marker: its length, a byte of depth, height and width. */
    private static final int FRAME_HEAD = 8;

    boolean isTooLarge() {
        return width * height > MOST_PIXELS || Math.max(width, height) > LONGEST_SIDE;
    }

    /** Empty where it is neither JPEG nor PNG, or does not say how large it is. */
    static Optional<ImageHead> of(byte[] image) {
        ByteBuffer bytes = ByteBuffer.wrap(image);
        Optional<ImageHead> head = Optional.empty();
        if (image.length >= PNG_HEAD && bytes.getLong(0) == PNG && bytes.getInt(12) == IHDR) {
            head = Optional.of(new ImageHead(
                    "image/png", Integer.toUnsignedLong(bytes.getInt(16)), Integer.toUnsignedLong(bytes.getInt(20))));
        } else if (image.length >= 3 && bytes.getShort(0) == (short) 0xffd8 && image[2] == (byte) 0xff) {
            head = jpeg(bytes);
        }
        return head.filter(known -> known.width > 0 && known.height > 0);
    }

    /** Goes from marker to marker as decoders do, over what is between them. */
    private static Optional<ImageHead> jpeg(ByteBuffer bytes) {
        int at = 2;
        while (at + FRAME_HEAD < bytes.limit()) {
            int marker = Byte.toUnsignedInt(bytes.get(at + 1));
            if (bytes.get(at) != (byte) 0xff || !hasLength(marker)) {
                at++;
            } else if (isFrame(marker)) {
                return Optional.of(new ImageHead(
                        "image/jpeg",
                        Short.toUnsignedLong(bytes.getShort(at + 7)),
                        Short.toUnsignedLong(bytes.getShort(at + 5))));
            } else {
                at += 2 + Short.toUnsignedInt(bytes.getShort(at + 2));
            }
        }
        return Optional.empty();
    }

    private static boolean hasLength(int marker) {
        return marker > 0x01 && marker < 0xff && (marker < 0xd0 || marker > 0xd9);
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }
}
