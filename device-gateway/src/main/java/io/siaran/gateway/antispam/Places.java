package io.siaran.gateway.antispam;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Positions in a text, noted from left to right. */
final class Places {

    private int[] places = new int[64];
    private int count;
    private int marked;

    void add(int place) {
        if (count == places.length) {
            places = Arrays.copyOf(places, 2 * count);
        }
        places[count++] = place;
    }

    int count() {
        return count;
    }

    /** Remembers how many there are now. */
    void mark() {
        marked = count;
    }

    /** Forgets what was noted since the mark. */
    void backToMark() {
        count = marked;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** So many different ones, or all there are, in order. The places are used up by it. */
    int[] draw(int wanted, RandomGenerator random) {
        int drawn = Math.min(wanted, count);
        for (int i = 0; i < drawn; i++) {
            int other = i + random.nextInt(count - i);
            int place = places[other];
            places[other] = places[i];
            places[i] = place;
        }
        int[] result = Arrays.copyOf(places, drawn);
        Arrays.sort(result);
        return result;
    }
}
