package io.siaran.campaign.lead;

import java.io.InputStream;
import java.util.UUID;

/** The bytes of an uploaded file, read part by part from the database. */
final class ImportedBytes extends InputStream {

    private final ImportStore store;
    private final UUID id;
    private byte[] part = {};
    private int read;
    private int next;

    ImportedBytes(ImportStore store, UUID id) {
        this.store = store;
        this.id = id;
    }

    @Override
    public int read() {
        return hasMore() ? part[read++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (!hasMore()) {
            return -1;
        }
        int count = Math.min(length, part.length - read);
        System.arraycopy(part, read, into, offset, count);
        read += count;
        return count;
    }

    private boolean hasMore() {
        while (read == part.length) {
            byte[] following = store.part(id, next).orElse(null);
            if (following == null) {
                return false;
            }
            part = following;
            read = 0;
            next++;
        }
        return true;
    }
}
