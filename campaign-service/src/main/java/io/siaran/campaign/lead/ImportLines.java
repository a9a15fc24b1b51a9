package io.siaran.campaign.lead;

import io.siaran.campaign.lead.CsvRow.Rejection;
import io.siaran.campaign.lead.LeadUpserts.Outcome;
import io.siaran.model.DeviceId;
import io.siaran.rest.Refusal;
import io.siaran.rest.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The lines of a file that are still to be worked off, each judged; those before them are read for their phones only, and nobody is
 * asked whose their devices are. However long both take, the import stays this replica's.
 */
final class ImportLines {

    private final LeadImport job;
    private final CsvFile file;
    private final LeadUpserts upserts;
    private final Devices devices;
    private final KeptLease lease;
    private final MetPhones met;
    private final Map<DeviceId, List<Violation>> known = new HashMap<>();
    private final int mostLines;
    private int read;
    private long toSkip;
    /** Why the file is read no further; null: it is. */
    private RuntimeException end;

    /** @param config how many lines and phones the file may have */
    ImportLines(
            LeadImport job, CsvFile file, LeadUpserts upserts, Devices devices, KeptLease lease, ImportConfig config) {
        this.job = job;
        this.file = file;
        this.upserts = upserts;
        this.devices = devices;
        this.lease = lease;
        this.met = new MetPhones(config.phones());
        this.mostLines = config.lines();
        this.toSkip = job.lines();
    }

    /**
     * At most so many, in their order; none after the last. Once all before that place were answered it throws
     * {@link CsvFile.Unreadable} where the file is broken, and {@link MetPhones.TooMany} where it has more than it may.
     */
    List<Line> next(int most) {
        List<Line> batch = new ArrayList<>(most);
        try {
            fill(batch, most);
        } catch (CsvFile.Unreadable | MetPhones.TooMany ended) {
            end = ended;
        }
        if (batch.isEmpty() && end != null) {
            throw end;
        }
        return batch;
    }

    private void fill(List<Line> batch, int most) {
        while (end == null && batch.size() < most) {
            lease.keep();
            Optional<CsvRow> row = file.next(job.device(), job.eraseBlank());
            if (row.isEmpty()) {
                return;
            }
            if (read == mostLines) {
                throw new MetPhones.TooMany("lines", mostLines);
            }
            read++;
            Line line = judge(row.get());
            if (toSkip > 0) {
                toSkip--;
            } else {
                batch.add(ofOwnDevice(line));
            }
        }
    }

    private Line judge(CsvRow row) {
        if (row.body() == null) {
            return Line.refused(row.line(), row.rejections());
        }
        try {
            LeadBody body = upserts.checked(row.body());
            Outcome outcome = met.add(body.deviceId(), body.phone()) ? null : Outcome.DUPLICATE;
            return new Line(row.line(), body, outcome, List.of());
        } catch (Refusal refusal) {
            return refused(row.line(), refusal.violationsOfRow());
        }
    }

    /** The phones were counted before: of devices that are somebody else's a file may have no more than of others. */
    private Line ofOwnDevice(Line line) {
        if (line.body() == null) {
            return line;
        }
        List<Violation> violations =
                known.computeIfAbsent(line.body().deviceId(), device -> devices.violations(device, job.user()));
        return violations.isEmpty() ? line : refused(line.number(), violations);
    }

    private Line refused(long number, List<Violation> violations) {
        return Line.refused(
                number,
                violations.stream()
                        .map(violation ->
                                new Rejection(number, file.header().headerOf(violation.field()), violation.message()))
                        .toList());
    }

    /**
     * @param number where it begins in the file, from 1
     * @param outcome refused or duplicate; null: to be written
     */
    record Line(long number, LeadBody body, Outcome outcome, List<Rejection> rejections) {

        private static Line refused(long number, List<Rejection> rejections) {
            return new Line(number, null, Outcome.REFUSED, rejections);
        }

        /** As it counts when nothing of it can be stored, for a reason that only the database knows. */
        Line refused() {
            return refused(number, List.of(new Rejection(number, "", "a value of it cannot be stored")));
        }
    }
}
