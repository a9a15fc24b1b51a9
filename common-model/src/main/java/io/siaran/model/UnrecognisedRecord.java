package io.siaran.model;

/**
 * A record that a later version wrote, of a kind or with a constant that this one does not know and has no safe reading
 * for. It is no dead letter: it is parked until a version reads it that knows.
 */
public final class UnrecognisedRecord extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnrecognisedRecord(String reason) {
        super(reason, null, false, false);
    }
}
