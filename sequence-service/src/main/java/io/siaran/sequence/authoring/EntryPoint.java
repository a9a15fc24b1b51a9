package io.siaran.sequence.authoring;

import java.util.UUID;

/**
 * A row of {@code entry_points}: a trigger that lets leads into a sequence.
 *
 * @param open whether that sequence is active
 */
record EntryPoint(String trigger, UUID sequence, boolean open) {

    boolean isElsewhereThan(Sequence other) {
        return !sequence.equals(other.id);
    }
}
