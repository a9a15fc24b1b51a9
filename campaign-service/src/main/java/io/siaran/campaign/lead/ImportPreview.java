package io.siaran.campaign.lead;

import io.siaran.model.DeviceId;
import io.siaran.rest.Refusal;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How a file would be understood. */
@Schema(name = "LeadImportPreview")
record ImportPreview(
        @Schema(description = "how the file is encoded", example = "UTF-8")
        String encoding,

        @Schema(description = "what separates its cells", example = ",")
        String separator,

        @Schema(description = "what each column means") List<Column> columns,

        @Schema(description = "the first lines as they would be taken in")
        List<Line> lines) {

    @Schema(name = "LeadImportColumn")
    record Column(
            @Schema(description = "as the file calls it", example = "No. Telefon")
            String header,

            @Schema(
                    implementation = String.class,
                    description = "the field of a lead that it is; ignored where it is none",
                    example = "phone")
            CsvHeader.Field field) {}

    @Schema(name = "LeadImportLine")
    record Line(
            @Schema(description = "where it begins in the file", example = "2")
            long line,

            @Schema(description = "the lead that it would be if it were new; null where it is refused", nullable = true)
            LeadBody lead,

            @Schema(
                    description = "whether an earlier line has its device and phone: it counts as duplicate, and is not"
                            + " taken in",
                    example = "false")
            boolean duplicate,

            @Schema(description = "what is wrong with it") List<CsvRow.Rejection> rejections) {}

    static ImportPreview of(
            CsvFile file, Charset encoding, LeadUpserts upserts, DeviceId device, boolean eraseBlank, int sample) {
        List<Line> lines = new ArrayList<>();
        MetPhones met = new MetPhones(sample);
        Optional<CsvRow> row = file.next(device, eraseBlank);
        while (row.isPresent() && lines.size() < sample) {
            lines.add(line(row.get(), file.header(), upserts, met));
            row = file.next(device, eraseBlank);
        }
        List<Column> columns = file.header().columns().stream()
                .map(column -> new Column(column.header(), column.field()))
                .toList();
        return new ImportPreview(encoding.name(), String.valueOf(file.separator()), columns, lines);
    }

    private static Line line(CsvRow row, CsvHeader header, LeadUpserts upserts, MetPhones met) {
        if (row.body() == null) {
            return new Line(row.line(), null, false, row.rejections());
        }
        try {
            LeadBody lead = upserts.asNew(row.body());
            return new Line(row.line(), lead, !met.add(lead.deviceId(), lead.phone()), List.of());
        } catch (Refusal refusal) {
            return new Line(
                    row.line(),
                    null,
                    false,
                    refusal.violationsOfRow().stream()
                            .map(violation -> new CsvRow.Rejection(
                                    row.line(), header.headerOf(violation.field()), violation.message()))
                            .toList());
        }
    }
}
