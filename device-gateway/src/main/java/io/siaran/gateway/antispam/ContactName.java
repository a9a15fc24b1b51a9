package io.siaran.gateway.antispam;

import java.util.regex.Pattern;

/** What a person is called in a greeting: the name as written, or {@code Cik} where there is none to use. */
record ContactName(String value) {

    private static final ContactName UNKNOWN = new ContactName("Cik");
    private static final int LONGEST = 60;
    private static final Pattern GAPS = Pattern.compile("[\\s\\p{Cc}]+");
    private static final Pattern PHONE_LIKE = Pattern.compile("[\\d\\s()+./-]*");

    /** Only gaps are tidied: {@code D'Cruz}, {@code A. Rahman} and {@code Mohd-Faiz} stay as they are. */
    static ContactName of(String written) {
        String name =
                written == null ? "" : GAPS.matcher(written).replaceAll(" ").strip();
        return PHONE_LIKE.matcher(name).matches() || name.length() > LONGEST ? UNKNOWN : new ContactName(name);
    }

    @Override
    public String toString() {
        return value;
    }
}
