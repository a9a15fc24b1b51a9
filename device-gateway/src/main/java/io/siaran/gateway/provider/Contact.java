package io.siaran.gateway.provider;

import io.siaran.model.PhoneNumber;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who wrote, or was written to, as a platform names the person: by phone, by LID, or by both. A LID is WhatsApp's own number
 * for a person and looks like a phone; it is never one.
 *
 * @param lid the digits before {@code @lid}
 */
public record Contact(Optional<PhoneNumber> phone, Optional<String> lid) {

    private static final Pattern ADDRESS = Pattern.compile("\\+?([0-9]{5,20})(?::[0-9]{1,5})?@([a-z.]{1,20})");

    private static final Pattern BARE = Pattern.compile("\\+?[1-9][0-9]{6,14}");

    /** The contact of these addresses, each of which may be null: {@code 60…@s.whatsapp.net}, {@code 60…@c.us}, {@code 12…@lid}. */
    public static Contact of(String... addresses) {
        Optional<PhoneNumber> phone = Optional.empty();
        Optional<String> lid = Optional.empty();
        for (String address : addresses) {
            Matcher parts = ADDRESS.matcher(address == null ? "" : address);
            if (!parts.matches()) {
                continue;
            }
            switch (parts.group(2)) {
                case "s.whatsapp.net", "c.us" -> phone = phone.or(() -> number(parts.group(1)));
                case "lid" -> lid = lid.or(() -> Optional.of(parts.group(1)));
                default -> {}
            }
        }
        return new Contact(phone, lid);
    }

    /** The contact of a platform that names phones only, with or without the plus. */
    public static Contact ofPhone(String phone) {
        return new Contact(number(phone == null ? "" : phone.strip()), Optional.empty());
    }

    /** Whether an address is of a single person, and not of a group, a channel or a status. */
    public static boolean isPerson(String address) {
        return address != null
                && (address.endsWith("@s.whatsapp.net") || address.endsWith("@c.us") || address.endsWith("@lid"));
    }

    public boolean isNobody() {
        return phone.isEmpty() && lid.isEmpty();
    }

    private static Optional<PhoneNumber> number(String digits) {
        return BARE.matcher(digits).matches()
                ? Optional.of(new PhoneNumber(digits.replaceFirst("^\\+", "")))
                : Optional.empty();
    }

    /** Never who it is. */
    @Override
    public String toString() {
        return "Contact[phone=" + phone.isPresent() + ", lid=" + lid.isPresent() + "]";
    }
}
