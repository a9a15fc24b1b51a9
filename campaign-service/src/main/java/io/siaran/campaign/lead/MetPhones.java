package io.siaran.campaign.lead;

import io.siaran.model.DeviceId;
import java.util.HashMap;
import java.util.Map;

/**
 * Which devices and phones a file has had so far. Exact, and small: a phone has at most 15 digits (50 bits) and a file
 * at most 8,192 devices (13 bits), so each is one number in an open table; two million take 32 MB, and half as much again while
 * it grows. A file that has more ends: a table of any size would take the heap, and with it the process, of one replica after the other.
 */
final class MetPhones {

    private static final int MOST_DEVICES = 8_192;
    private static final int PHONE_BITS = 50;

    private final Map<DeviceId, Integer> devices = new HashMap<>();
    private final int most;
    private long[] table = new long[1_024];
    private int size;

    /** @param most phones that a file may have, each counted once a device */
    MetPhones(int most) {
        this.most = most;
    }

    /**
     * Whether it is the first one.
     *
     * @throws TooMany for one more device or phone than a file may have
     */
    boolean add(DeviceId device, String digits) {
        long key = ((long) number(device) << PHONE_BITS) | Long.parseLong(digits);
        if (table[place(key, table)] == key) {
            return false;
        }
        if (size == most) {
            throw new TooMany("phones", most);
        }
        size++;
        if (size * 2 > table.length) {
            grow();
        }
        table[place(key, table)] = key;
        return true;
    }

    private int number(DeviceId device) {
        Integer known = devices.get(device);
        if (known != null) {
            return known;
        }
        if (devices.size() == MOST_DEVICES) {
            throw new TooMany("devices", MOST_DEVICES);
        }
        devices.put(device, devices.size());
        return devices.size() - 1;
    }

    private void grow() {
        long[] larger = new long[table.length * 2];
        for (long key : table) {
            if (key != 0) {
                larger[place(key, larger)] = key;
            }
        }
        table = larger;
    }

    /** Where it stands, or would. No key is 0: no phone is. */
    private static int place(long key, long[] table) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        int place = (int) (mixed >>> 32) & (table.length - 1);
        while (table[place] != 0 && table[place] != key) {
            place = (place + 1) & (table.length - 1);
        }
        return place;
    }

    /** The file ends here: whoever reads it again gets no further. */
    static final class TooMany extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooMany(String what, int most) {
            super("the file has more than " + most + " " + what + ": split the file");
        }
    }
}
