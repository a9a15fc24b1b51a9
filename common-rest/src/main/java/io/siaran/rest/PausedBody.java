package io.siaran.rest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body whose reader does other things between its reads, and how long it did: whoever sends cannot send on meanwhile. */
final class PausedBody extends FilterInputStream {

    private long paused;
    private long pausedSince = System.nanoTime();
    private boolean isRead;

    PausedBody(InputStream body) {
        super(body);
    }

    /** How long nobody waited for more of it, since this was made, in nanoseconds. */
    synchronized long paused() {
        return isRead ? paused : paused + System.nanoTime() - pausedSince;
    }

    @Override
    public int read() throws IOException {
        begin();
        try {
            return super.read();
        } finally {
            end();
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        begin();
        try {
            return super.read(bytes, offset, length);
        } finally {
            end();
        }
    }

    private synchronized void begin() {
        paused = paused();
        isRead = true;
    }

    private synchronized void end() {
        pausedSince = System.nanoTime();
        isRead = false;
    }
}
