package io.siaran.campaign.lead;

import java.util.regex.Pattern;

/** A part of a phone number as somebody types it into a search field: {@code 012-345}, {@code +60 12}, {@code 3456}. */
final class PhonePart {

    private static final Pattern DIALLED = Pattern.compile("\\+?[0-9 ().\\-/]+");
    private static final Pattern PREFIX = Pattern.compile("^0+");

    private PhonePart() {}

    /**
     * The digits that stand in the international spelling too: without separators, and without the zeros that are dialled
     * before a national or an international number. Empty when it is no part of a number.
     */
    static String of(String typed) {
        return DIALLED.matcher(typed.strip()).matches()
                ? PREFIX.matcher(typed.replaceAll("[^0-9]", "")).replaceFirst("")
                : "";
    }
}
