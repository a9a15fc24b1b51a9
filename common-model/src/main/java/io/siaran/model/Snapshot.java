package io.siaran.model;

/**
 * The whole state of something, as its owner last committed it. Readers ignore a version that is not above the one they
 * have, so snapshots may come doubled or late; a deletion is a snapshot too.
 */
public interface Snapshot {

    /** Rises with every committed change of the row. */
    long version();

    boolean deleted();
}
