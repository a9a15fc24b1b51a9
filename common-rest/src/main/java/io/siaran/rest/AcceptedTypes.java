package io.siaran.rest;

import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code Accept} header of a request (RFC 9110, 12.5.1).
 *
 * @param ranges as they were written, the most specific first
 */
record AcceptedTypes(List<Range> ranges) {

    private static final String TOKEN = "[A-Za-z0-9!#$&^_.+-]+";
    private static final String ANY = "*";
    private static final Pattern RANGE = Pattern.compile("\\s*(\\*|" + TOKEN + ")/(\\*|" + TOKEN + ")\\s*((?:;\\s*"
            + TOKEN + "\\s*=\\s*(?:" + TOKEN + "|\"[^\"]*\")\\s*)*)");
    private static final Pattern QUALITY = Pattern.compile(";\\s*[qQ]\\s*=\\s*([0-9.]+)");
    private static final Pattern RIGHT_QUALITY = Pattern.compile("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?");
    private static final Pattern FOREIGN_CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?(?!utf-8\"?\\s*(;|$))", Pattern.CASE_INSENSITIVE);

    /** More than that is no preference. */
    private static final int LONGEST = 2_000;

    /** One range; {@code type} and {@code subtype} in lower case. */
    record Range(String type, String subtype, boolean wanted) {

        private boolean matches(MediaType offered) {
            return (type.equals(ANY) || type.equals(offered.getType()))
                    && (subtype.equals(ANY) || subtype.equals(offered.getSubtype()));
        }

        private int breadth() {
            return type.equals(ANY) ? 2 : subtype.equals(ANY) ? 1 : 0;
        }
    }

    /** Whether {@link #of} gives something. */
    static boolean isReadable(String header) {
        return header == null || of(header).isPresent();
    }

    /** Empty when the header is empty or broken; without one everything is accepted. */
    static Optional<AcceptedTypes> of(String header) {
        if (header == null) {
            return Optional.of(new AcceptedTypes(List.of(new Range(ANY, ANY, true))));
        }
        if (header.isBlank() || header.length() > LONGEST) {
            return Optional.empty();
        }
        List<Range> ranges = new ArrayList<>();
        for (String written : header.split(",")) {
            Optional<Range> range = range(written);
            if (range.isEmpty()) {
                return Optional.empty();
            }
            ranges.add(range.get());
        }
        ranges.sort((a, b) -> a.breadth() - b.breadth());
        return Optional.of(new AcceptedTypes(List.copyOf(ranges)));
    }

    /** The first of these that is accepted. */
    Optional<MediaType> first(List<MediaType> offered) {
        return offered.stream().filter(this::accepts).findFirst();
    }

    private boolean accepts(MediaType offered) {
        return ranges.stream()
                .filter(range -> range.matches(offered))
                .findFirst()
                .map(Range::wanted)
                .orElse(false);
    }

    private static Optional<Range> range(String written) {
        Matcher range = RANGE.matcher(written);
        if (!range.matches() || (range.group(1).equals(ANY) && !range.group(2).equals(ANY))) {
            return Optional.empty();
        }
        Matcher quality = QUALITY.matcher(range.group(3));
        boolean weighted = quality.find();
        if (weighted && !RIGHT_QUALITY.matcher(quality.group(1)).matches()) {
            return Optional.empty();
        }
        boolean wanted = (!weighted || !quality.group(1).matches("[0.]+"))
                && !FOREIGN_CHARSET.matcher(range.group(3)).find();
        return Optional.of(new Range(
                range.group(1).toLowerCase(Locale.ROOT), range.group(2).toLowerCase(Locale.ROOT), wanted));
    }

    static List<MediaType> types(String... produced) {
        return Arrays.stream(produced).map(MediaType::valueOf).toList();
    }
}
