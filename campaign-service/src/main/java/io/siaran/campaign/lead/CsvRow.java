package io.siaran.campaign.lead;

import io.siaran.campaign.lead.CsvHeader.Column;
import io.siaran.campaign.lead.CsvHeader.Field;
import io.siaran.model.Attributes;
import io.siaran.model.DeviceId;
import io.siaran.model.TargetStatus;
import io.siaran.model.WireEnum;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One line of a file, as the lead that it says.
 *
 * @param line where it begins, from 1
 * @param body what it says; null where a cell cannot be read
 * @param rejections what is wrong with its cells
 */
record CsvRow(long line, LeadBody body, List<Rejection> rejections) {

    /** @param header of the cell; empty: the whole line */
    @Schema(name = "LeadImportRejection")
    record Rejection(
            @Schema(description = "where the line begins in the file", example = "7")
            long line,

            @Schema(description = "the column, as the file calls it; empty: the whole line", example = "No. Telefon")
            String header,

            @Schema(description = "what is wrong", example = "must not have letters")
            String reason) {}

    /**
     * @param device of every row without one; null: there is none
     * @param eraseBlank whether a blank cell clears what is stored, or says nothing
     */
    static CsvRow read(long line, List<String> cells, CsvHeader header, DeviceId device, boolean eraseBlank) {
        Reading reading = new Reading(line, eraseBlank);
        for (int i = 0; i < cells.size(); i++) {
            if (i < header.columns().size()) {
                reading.take(header.columns().get(i), cells.get(i));
            } else if (!cells.get(i).isBlank()) {
                reading.reject("", "has more cells than the header");
                break;
            }
        }
        return reading.done(device);
    }

    private static final class Reading {

        private final long line;
        private final boolean eraseBlank;
        private final List<Rejection> rejections = new ArrayList<>(1);
        private final Map<Field, String> texts = new HashMap<>();
        private final Map<String, String> attributes = new LinkedHashMap<>();
        private Attributes whole;
        private DeviceId own;
        private TargetStatus status;
        private Instant consentAt;

        Reading(long line, boolean eraseBlank) {
            this.line = line;
            this.eraseBlank = eraseBlank;
        }

        void take(Column column, String cell) {
            if (column.field() == Field.IGNORED) {
                return;
            }
            if (cell.isBlank()) {
                blank(column);
                return;
            }
            try {
                read(column, cell);
            } catch (RuntimeException wrong) {
                reject(column.header(), message(column, wrong));
            }
        }

        private void blank(Column column) {
            switch (column.field()) {
                case NAME, NICHE, TRIGGER -> {
                    if (eraseBlank) {
                        texts.put(column.field(), "");
                    }
                }
                case ATTRIBUTES -> whole = eraseBlank ? Attributes.NONE : null;
                case PHONE, TARGET_STATUS, DEVICE_ID, CONSENT_SOURCE, CONSENT_AT, ATTRIBUTE, IGNORED -> {}
            }
        }

        private void read(Column column, String cell) {
            switch (column.field()) {
                case PHONE -> texts.put(Field.PHONE, CsvCell.phone(cell));
                case NAME, NICHE, TRIGGER, CONSENT_SOURCE -> texts.put(column.field(), CsvCell.text(cell));
                case CONSENT_AT -> consentAt = time(cell.strip());
                case TARGET_STATUS ->
                    status = WireEnum.read(TargetStatus.class, cell.strip().toLowerCase(Locale.ROOT));
                case DEVICE_ID -> own = DeviceId.of(cell.strip());
                case ATTRIBUTES -> whole = Attributes.read(CsvCell.text(cell));
                case ATTRIBUTE -> attributes.put(column.attribute(), CsvCell.text(cell));
                case IGNORED -> {}
            }
        }

        /** A moment, or a day: then its beginning in UTC. */
        private static Instant time(String cell) {
            return cell.contains("T")
                    ? Instant.parse(cell)
                    : LocalDate.parse(cell).atStartOfDay(ZoneOffset.UTC).toInstant();
        }

        private static String message(Column column, RuntimeException wrong) {
            return switch (column.field()) {
                case PHONE -> wrong.getMessage();
                case TARGET_STATUS -> "must be prospect or customer";
                case DEVICE_ID -> "must be the id of a device";
                case ATTRIBUTES -> "must be a JSON object of texts";
                case CONSENT_AT -> "must be a date as YYYY-MM-DD or a time by RFC 3339";
                case NAME, NICHE, TRIGGER, CONSENT_SOURCE, ATTRIBUTE, IGNORED -> "cannot be read";
            };
        }

        void reject(String header, String reason) {
            rejections.add(new Rejection(line, header, reason));
        }

        CsvRow done(DeviceId device) {
            LeadBody body = new LeadBody(
                    own == null ? device : own,
                    texts.get(Field.NAME),
                    texts.get(Field.PHONE),
                    texts.get(Field.NICHE),
                    status,
                    texts.get(Field.TRIGGER),
                    attributes.isEmpty() ? whole : new Attributes(attributes),
                    texts.get(Field.CONSENT_SOURCE),
                    consentAt);
            return new CsvRow(line, rejections.isEmpty() ? body : null, List.copyOf(rejections));
        }
    }
}
