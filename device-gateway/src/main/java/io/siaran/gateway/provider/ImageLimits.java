package io.siaran.gateway.provider;

import java.util.Set;

/**
 * Which images a platform takes.
 *
 * @param bytes the largest file
 * @param types media types, in lower case
 */
public record ImageLimits(long bytes, Set<String> types) {

    private static final long MEBIBYTE = 1L << 20;

    public ImageLimits {
        types = Set.copyOf(types);
    }

    public static ImageLimits ofMebibytes(int most, String... types) {
        return new ImageLimits(most * MEBIBYTE, Set.of(types));
    }
}
