package io.siaran.campaign.lead;

import io.siaran.model.DeviceId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Which devices and phones a file has had so far. Exact, and small: a phone has at most 15 digits (50 bits) and a file
 * at most 8,192 devices (13 bits), so each is one number in an open table; a million take 16 MB.
 */
final class MetPhones {

    private static final int MOST_DEVICES = 8_192;
    private static final int PHONE_BITS = 50;

    private final Map<DeviceId, Integer> devices = new HashMap<>();
    private long[] table = new long[1_024];
    private int size;

    /**
     * Whether it is the first one.
     *
     * @throws IllegalArgumentException for more devices than a file may have
     */
    boolean add(DeviceId device, String digits) {
        int number = devices.computeIfAbsent(device, _ -> devices.size());
        if (number >= MOST_DEVICES) {
            throw new IllegalArgumentException("a file may have at most " + MOST_DEVICES + " devices");
        }
        if (size * 2 > table.length) {
            grow();
        }
        return put(table, ((long) number << PHONE_BITS) | Long.parseLong(digits));
    }

    private boolean put(long[] into, long key) {
        int place = place(key, into.length);
        while (into[place] != 0) {
            if (into[place] == key) {
                return false;
            }
            place = (place + 1) & (into.length - 1);
        }
        into[place] = key;
        size++;
        return true;
    }

    private void grow() {
        long[] larger = new long[table.length * 2];
        size = 0;
        Arrays.stream(table).filter(key -> key != 0).forEach(key -> put(larger, key));
        table = larger;
    }

    private static int place(long key, int length) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & (length - 1);
    }
}
