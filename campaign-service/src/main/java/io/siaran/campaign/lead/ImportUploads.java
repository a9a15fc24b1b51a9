package io.siaran.campaign.lead;

import io.siaran.model.DeviceId;
import io.siaran.model.TimeOrderedId;
import io.siaran.model.UserId;
import io.siaran.rest.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Takes files of leads in: each is stored as it comes, a part at a time, and looked at on the way. */
@ApplicationScoped
class ImportUploads {

    private static final int PART = 1_048_576;
    private static final int SAMPLE = 20;

    private static final Duration AGAIN_AFTER = Duration.ofSeconds(30);

    private final ImportStore store;
    private final LeadUpserts upserts;
    private final ImportConfig config;
    private final Clock clock;
    private final RandomGenerator random;

    ImportUploads(ImportStore store, LeadUpserts upserts, ImportConfig config, Clock clock, RandomGenerator random) {
        this.store = store;
        this.upserts = upserts;
        this.config = config;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Answers the import when the whole file is stored.
     *
     * @param device of every line that names none; null: there is none
     * @throws Refusal a 400 for a file that cannot be read, of which nothing stays; a 429, before it is read, while as many of the user
     *     as may be are not worked off
     */
    UUID store(UserId user, InputStream file, DeviceId device, boolean eraseBlank, List<String> mapping)
            throws IOException {
        if (store.openOf(user) >= config.openPerUser()) {
            throw Refusal.tooMany(
                    config.openPerUser()
                            + " files of yours are still taken in: send this one when one of them has ended",
                    AGAIN_AFTER);
        }
        UUID id = TimeOrderedId.v7(clock.instant(), random);
        store.open(id, user, device, eraseBlank, mapping);
        try {
            storeParts(id, user, file, device, mapping);
        } catch (IOException | RuntimeException broken) {
            store.discard(id);
            throw broken;
        }
        return id;
    }

    /** How the file would be understood; nothing of it is stored. */
    ImportPreview preview(InputStream body, DeviceId device, boolean eraseBlank, List<String> mapping)
            throws IOException {
        CsvEncoding encoding = new CsvEncoding();
        byte[] first = body.readNBytes(PART);
        encoding.read(first, first.length);
        byte[] buffer = new byte[65_536];
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            encoding.read(buffer, read);
        }
        try (CsvFile file = CsvFile.open(new ByteArrayInputStream(wholeLines(first)), encoding.found(), mapping)) {
            return ImportPreview.of(file, encoding.found(), upserts, device, eraseBlank, SAMPLE);
        }
    }

    /** Stored only when it can be read as a whole: its encoding is known at its end, its header at its beginning. */
    private void storeParts(UUID id, UserId user, InputStream body, DeviceId device, List<String> mapping)
            throws IOException {
        CsvEncoding encoding = new CsvEncoding();
        byte[] first = {};
        long bytes = 0;
        int n = 0;
        for (byte[] part = body.readNBytes(PART); part.length > 0; part = body.readNBytes(PART)) {
            encoding.read(part, part.length);
            first = n == 0 ? part : first;
            store.addPart(id, n++, part);
            bytes += part.length;
        }
        requireHeader(first, encoding, device, mapping);
        store.uploaded(id, user, device, encoding.found(), bytes);
    }

    private static void requireHeader(byte[] first, CsvEncoding encoding, DeviceId device, List<String> mapping)
            throws IOException {
        try (CsvFile file = CsvFile.open(new ByteArrayInputStream(first), encoding.found(), mapping)) {
            if (device == null && !file.header().has(CsvHeader.Field.DEVICE_ID)) {
                throw Refusal.invalid("device_id", "must be given, since the file has no column of devices");
            }
        }
    }

    /** Up to the last line that the part has the end of; all of it where it is the only one. */
    private static byte[] wholeLines(byte[] part) {
        int end = part.length;
        if (part.length == PART) {
            while (end > 0 && part[end - 1] != '\n') {
                end--;
            }
        }
        return end == 0 ? part : Arrays.copyOf(part, end);
    }
}
