package io.siaran.campaign.lead;

import io.siaran.model.Limits;
import io.siaran.model.WireEnum;
import io.siaran.rest.Refusal;
import io.siaran.rest.Violation;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the columns of a file mean.
 *
 * @param columns in their order
 */
record CsvHeader(List<Column> columns) {

    private static final String ATTRIBUTE = "attributes.";
    private static final Map<String, Field> KNOWN = new HashMap<>();

    static {
        know(Field.NAME, "name", "full name", "customer name", "contact name", "nama", "nama penuh", "nama pelanggan");
        know(
                Field.PHONE,
                "phone",
                "phone number",
                "phone no",
                "mobile",
                "mobile number",
                "mobile no",
                "handphone",
                "tel",
                "telephone",
                "whatsapp",
                "whatsapp number",
                "contact number",
                "msisdn",
                "telefon",
                "no telefon",
                "nombor telefon",
                "no tel",
                "no hp",
                "no phone",
                "nomor telepon",
                "no whatsapp");
        know(Field.NICHE, "niche", "niches", "tag", "tags", "interest", "interests", "minat");
        know(Field.TARGET_STATUS, "target_status", "status", "lead status");
        know(Field.TRIGGER, "trigger", "triggers");
        know(Field.DEVICE_ID, "device_id", "device");
        know(Field.CONSENT_SOURCE, "consent_source", "consent", "source of consent");
        know(Field.CONSENT_AT, "consent_at", "consent date", "date of consent");
        know(Field.ATTRIBUTES, "attributes");
    }

    /** @param attribute the key, of {@link Field#ATTRIBUTE} only */
    record Column(String header, Field field, String attribute) {}

    enum Field implements WireEnum {
        NAME,
        PHONE,
        NICHE,
        TARGET_STATUS,
        TRIGGER,
        DEVICE_ID,
        CONSENT_SOURCE,
        CONSENT_AT,
        /** All of them, as a JSON object. */
        ATTRIBUTES,
        ATTRIBUTE,
        IGNORED
    }

    /**
     * @param mapping what the caller says, as {@code header:field}; {@code ignored} is a field too
     * @throws Refusal a 400 for a header that stands twice, two columns of one field, a file without phones, and a header that is too long
     *     to be told with each line that is wrong in its column
     */
    static CsvHeader of(List<String> headers, List<String> mapping) {
        Map<String, Field> said = said(mapping);
        List<Column> columns = new ArrayList<>();
        Set<String> met = new HashSet<>();
        for (String header : headers) {
            Column column = column(header.strip(), said);
            if (column.field() != Field.IGNORED && column.header().length() > Limits.NAME) {
                throw Refusal.invalid(
                        "body",
                        "the header of " + column.field().wire() + " must have at most " + Limits.NAME + " characters");
            }
            boolean blank = column.header().isEmpty();
            String meaning = column.field() == Field.IGNORED
                    ? "header " + fold(column.header())
                    : column.field() + " " + column.attribute();
            if (!blank && !met.add(meaning)) {
                throw Refusal.invalid(List.of(new Violation(
                        "body",
                        "the header has two columns for " + meaning.strip().toLowerCase(Locale.ROOT))));
            }
            columns.add(column);
        }
        if (columns.stream().noneMatch(column -> column.field() == Field.PHONE)) {
            throw Refusal.invalid(
                    "body", "no column is known to hold phones; say which by ?map=<header>:phone, see ?dry_run=true");
        }
        return new CsvHeader(List.copyOf(columns));
    }

    boolean has(Field field) {
        return columns.stream().anyMatch(column -> column.field() == field);
    }

    /** The header of the column that a field of a lead comes from; empty when none is. */
    String headerOf(String field) {
        return columns.stream()
                .filter(column -> column.field() != Field.IGNORED)
                .filter(column -> column.field().wire().equals(field) || (ATTRIBUTE + column.attribute()).equals(field))
                .map(Column::header)
                .findFirst()
                .orElse("");
    }

    private static Column column(String header, Map<String, Field> said) {
        Field field = said.getOrDefault(fold(header), KNOWN.getOrDefault(fold(header), Field.IGNORED));
        boolean attribute = field == Field.IGNORED
                && !said.containsKey(fold(header))
                && header.toLowerCase(Locale.ROOT).startsWith(ATTRIBUTE);
        return attribute
                ? new Column(header, Field.ATTRIBUTE, header.substring(ATTRIBUTE.length()))
                : new Column(header, field, null);
    }

    private static Map<String, Field> said(List<String> mapping) {
        Map<String, Field> said = new HashMap<>();
        for (String each : mapping) {
            int colon = each.lastIndexOf(':');
            try {
                said.put(
                        fold(each.substring(0, Math.max(0, colon))),
                        WireEnum.read(Field.class, each.substring(colon + 1).strip()));
            } catch (IllegalArgumentException unknown) {
                throw Refusal.invalid("map", "must be <header>:<field>, such as Mobile:phone or Notes:ignored");
            }
        }
        return said;
    }

    private static void know(Field field, String... headers) {
        for (String header : headers) {
            KNOWN.put(fold(header), field);
        }
    }

    /** {@code No. Telefon}, {@code no telefon} and {@code NO_TELEFON } are one header. */
    private static String fold(String header) {
        return Normalizer.normalize(header, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
