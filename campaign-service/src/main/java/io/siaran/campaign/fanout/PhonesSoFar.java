package io.siaran.campaign.fanout;

import io.siaran.campaign.planning.AudienceLead;
import io.siaran.model.LeadId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which phones of a run may have been reached before, of what one stream has noted from the beginning. It is never wrong about a
 * phone that was, and seldom about one that was not: for the few in doubt the database is asked, and for nobody else. As soon as
 * the plan has noted something else, before this stream or beside it, or a phone has changed hands, everybody is in doubt.
 *
 * <p>A Bloom filter of a fixed size, by the double hashing of Kirsch and Mitzenmacher (2006): of a million phones one in 5,000 is in
 * doubt for nothing, of ten million one in four.
 */
final class PhonesSoFar {

    /** 4 MB, made with the first page that another one follows. */
    private static final int WORDS = 1 << 19;

    private static final int BIT_MASK = WORDS * Long.SIZE - 1;
    private static final int HASHES = 4;

    private long[] bits = {};
    private LeadId notedTo;
    private Long phoneChanges;
    private boolean isWhole = true;

    /**
     * Of these leads, those whose phone may have been reached through another one; in the same order.
     *
     * @param lastNoted the last lead that is noted of the plan by now; null: none
     * @param phoneChanges how often phones of the user's leads have changed by now
     */
    List<AudienceLead> inDoubt(List<AudienceLead> page, LeadId lastNoted, long phoneChanges) {
        if (this.phoneChanges == null) {
            this.phoneChanges = phoneChanges;
        }
        isWhole &= Objects.equals(notedTo, lastNoted) && this.phoneChanges == phoneChanges;
        return isWhole ? sharing(page) : page;
    }

    private List<AudienceLead> sharing(List<AudienceLead> page) {
        Map<String, Integer> places = HashMap.newHashMap(page.size());
        BitSet sharing = new BitSet(page.size());
        for (int i = 0; i < page.size(); i++) {
            String phone = page.get(i).phone().digits();
            Integer twin = places.put(phone, i);
            if (twin != null) {
                sharing.set(twin);
                sharing.set(i);
            } else if (has(phone)) {
                sharing.set(i);
            }
        }
        List<AudienceLead> inDoubt = new ArrayList<>(sharing.cardinality());
        sharing.stream().mapToObj(page::get).forEach(inDoubt::add);
        return inDoubt;
    }

    /** @param reached what was noted of a page; another page follows it */
    void add(List<AudienceLead> reached) {
        if (bits.length == 0) {
            bits = new long[WORDS];
        }
        reached.forEach(lead -> add(lead.phone().digits()));
        if (!reached.isEmpty()) {
            notedTo = reached.getLast().leadId();
        }
    }

    private void add(String phone) {
        long hash = hash(phone);
        for (int i = 0; i < HASHES; i++) {
            int bit = bit(hash, i);
            bits[bit >> 6] |= 1L << bit;
        }
    }

    private boolean has(String phone) {
        if (bits.length == 0) {
            return false;
        }
        long hash = hash(phone);
        for (int i = 0; i < HASHES; i++) {
            int bit = bit(hash, i);
            if ((bits[bit >> 6] & 1L << bit) == 0) {
                return false;
            }
        }
        return true;
    }

    private static int bit(long hash, int nth) {
        return (int) hash + nth * (int) (hash >>> 32) & BIT_MASK;
    }

    /** The finishing steps of SplitMix64: phones differ in their last digits, bits are to differ everywhere. A text keeps its hash. */
    private static long hash(String phone) {
        long z = phone.hashCode() + 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
