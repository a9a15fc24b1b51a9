package io.siaran.localstack.frontdoor;

/** How many bytes of unfinished requests this process holds. Used by one event loop only. */
final class HeldBytes {

    private final long most;
    private long held;

    HeldBytes(long most) {
        this.most = most;
    }

    /** Takes room for so many; false when there is none. */
    boolean take(int bytes) {
        if (held + bytes > most) {
            return false;
        }
        held += bytes;
        return true;
    }

    void giveBack(int bytes) {
        held -= bytes;
    }
}
