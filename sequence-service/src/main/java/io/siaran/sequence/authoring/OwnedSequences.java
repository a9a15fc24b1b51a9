package io.siaran.sequence.authoring;

import io.siaran.rest.OwnedCollection;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Which sequence is whose. */
@Singleton
class OwnedSequences {

    private static final String OWNED = "SELECT 1 FROM sequences WHERE id = $1 AND user_id = $2 AND deleted_at IS NULL";

    @Produces
    @Singleton
    OwnedCollection owned() {
        return new OwnedCollection("sequences", "sequence", OWNED);
    }
}
