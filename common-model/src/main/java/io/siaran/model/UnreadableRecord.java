package io.siaran.model;

/** A record that this version cannot read; it belongs into the dead letters, with this message as the reason. */
public final class UnreadableRecord extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableRecord(String reason, Throwable cause) {
        super(reason, cause);
    }
}
