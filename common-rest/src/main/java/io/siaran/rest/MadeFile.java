package io.siaran.rest;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * A file that is made before it is sent, as the bytes that are sent. It is kept in parts of one size, so that it takes its length and
 * one part: an array that grows has its old and its new one beside each other, and needs room for it in one piece. A part that
 * was sent is let go. For one thread at a time.
 */
public final class MadeFile extends OutputStream {

    static final int PART = 65_536;

    /** A megabyte in parts; a file of more is large. */
    private static final int SMALL = 16;

    private final Queue<byte[]> full = new ArrayDeque<>();
    private final long most;
    private final Supplier<? extends RuntimeException> longer;
    private final Runnable large;
    private byte[] last = new byte[PART];
    private int used;
    private long length;

    /**
     * @param most bytes that it may have
     * @param longer is thrown before there is one more
     */
    public MadeFile(long most, Supplier<? extends RuntimeException> longer) {
        this(most, longer, () -> {});
    }

    /** @param large is called before it has more than a megabyte; what it throws is thrown by whoever writes */
    MadeFile(long most, Supplier<? extends RuntimeException> longer, Runnable large) {
        this.most = most;
        this.longer = longer;
        this.large = large;
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
        if (length + count > most) {
            throw longer.get();
        }
        int from = offset;
        int end = offset + count;
        while (from < end) {
            if (used == PART) {
                if (full.size() + 1 == SMALL) {
                    large.run();
                }
                full.add(last);
                last = new byte[PART];
                used = 0;
            }
            int fits = Math.min(PART - used, end - from);
            System.arraycopy(bytes, from, last, used, fits);
            used += fits;
            from += fits;
            length += fits;
        }
    }

    /** In bytes, of what has not been sent. */
    public long length() {
        return length;
    }

    /** Once: what it gives away it no longer has. */
    void sendTo(OutputStream out) throws IOException {
        full.add(Arrays.copyOf(last, used));
        last = new byte[0];
        used = 0;
        for (byte[] part = full.poll(); part != null; part = full.poll()) {
            length -= part.length;
            out.write(part, 0, part.length);
        }
    }
}
