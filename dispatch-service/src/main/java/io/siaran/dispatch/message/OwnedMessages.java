package io.siaran.dispatch.message;

import io.siaran.rest.OwnedCollection;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Which message is whose. */
@Singleton
class OwnedMessages {

    private static final String OWNED = "SELECT 1 FROM broadcast_messages WHERE id = $1 AND user_id = $2";

    @Produces
    @Singleton
    OwnedCollection owned() {
        return new OwnedCollection("messages", "message", OWNED);
    }
}
