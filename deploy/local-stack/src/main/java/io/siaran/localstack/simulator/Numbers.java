package io.siaran.localstack.simulator;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What WhatsApp knows of phones: who is not there, and by which LID it hides somebody. */
final class Numbers {

    private final Set<String> absent = ConcurrentHashMap.newKeySet();
    private final Map<String, String> phones = new ConcurrentHashMap<>();

    /** Everybody is on WhatsApp of whom nobody said otherwise. */
    boolean isOnWhatsApp(String phone) {
        return !absent.contains(digits(phone));
    }

    void set(String phone, boolean onWhatsApp) {
        if (onWhatsApp) {
            absent.remove(digits(phone));
        } else {
            absent.add(digits(phone));
        }
    }

    /** The LID of a phone: always the same, and nothing that a phone could be. */
    String lid(String phone) {
        String lid =
                "1" + "%014d".formatted(Math.floorMod(digits(phone).hashCode() * 2_654_435_761L, 100_000_000_000_000L));
        phones.put(lid, digits(phone));
        return lid;
    }

    /** The phone behind a LID that somebody was told of. */
    Optional<String> phoneOf(String lid) {
        return Optional.ofNullable(phones.get(digits(lid)));
    }

    /** {@code +60 12-345…} and {@code 60…@c.us} alike. */
    static String digits(String phone) {
        return phone == null ? "" : phone.replaceAll("[:@].*", "").replaceAll("[^0-9]", "");
    }
}
